import { PersonName } from '../things/person-name.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { Instant } from '../ui/instant.tsx'
import { Nothing } from '../ui/section.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import type { PackHolder } from './erasure-documents.ts'

/** Who holds packs with the subject's personal data: they can't be called back, so each is to be told (Art. 19 GDPR). */
export function PackHolders({ holders }: { readonly holders: readonly PackHolder[] }) {
  if (holders.length === 0) return <Nothing title="Nobody holds a pack that may disclose it, as far as the record says." />
  return (
    <SimpleTable
      label="Who holds packs"
      rows={holders}
      keyOf={({ pack }) => pack}
      columns={[
        { title: 'Disclosed to', cell: ({ recipient }) => recipient ?? <span className="text-ink-3">not stated, or erased</span> },
        {
          title: 'Downloaded by',
          cell: ({ people }) =>
            people.length === 0 ? (
              <span className="text-ink-3">nobody</span>
            ) : (
              <span className="flex flex-wrap gap-x-3">
                {people.map((id) => (
                  <PersonName key={id} actor={{ kind: id.startsWith('per_') ? 'PERSON' : 'SERVICE', id }} />
                ))}
              </span>
            ),
        },
        { title: 'Exported', cell: ({ exportedAt }) => <Instant at={exportedAt} /> },
        {
          title: 'Pack',
          cell: ({ pack }) => (
            <RoomLink to="/evidence" className="font-mono text-xs underline decoration-line underline-offset-4">
              {pack}
            </RoomLink>
          ),
        },
      ]}
    />
  )
}
