import { encodeUtf8 } from '@annal/proof'
import { Check, CircleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { grouped } from '../../format/numbers.ts'
import { CopyButton } from '../../ui/copy.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import type { WholeEvent } from '../trail-documents.ts'
import { type CommitmentCheck, checkCommitment } from './check-commitment.ts'
import { type JsonPiece, prettyJson } from './pretty-json.ts'
import { Section } from './readable.tsx'

type Form = 'pretty' | 'exact'

/** The event for machines: the stored bytes, the salt beside them, and the commitment recomputed here. */
export function RawView({ event }: { readonly event: WholeEvent }) {
  const [form, setForm] = useState<Form>('pretty')
  const check = useMemo(() => checkCommitment(event), [event])
  const length = useMemo(() => encodeUtf8(event.raw).length, [event.raw])
  return (
    <div className="grid gap-6 px-4 py-5 sm:px-6">
      <Outcome check={check} />
      <Section title="Commitment">
        <dl className="grid gap-3">
          <Hex label="As the server gave it" text={event.commitment} what="commitment" />
          {check.status !== 'unreadable-salt' && (
            <Hex label="Computed here from salt and bytes" text={check.computed} what="computed commitment" />
          )}
          <Hex label="Salt, 16 bytes" text={event.salt} what="salt" />
        </dl>
      </Section>
      <section>
        <div className="flex items-center justify-between gap-2 pb-2">
          <h3 className="text-xs font-medium text-ink-3">
            Event bytes <span className="tabular">({grouped(length)} bytes, RFC 8785)</span>
          </h3>
          <div className="flex items-center gap-1">
            <Segmented
              label="Form of the bytes"
              value={form}
              onChange={setForm}
              options={[
                { value: 'pretty', title: 'Indented' },
                { value: 'exact', title: 'Exact' },
              ]}
            />
            <CopyButton text={event.raw} what="the exact bytes" />
          </div>
        </div>
        <pre className="overflow-x-auto rounded-lg border border-line bg-sunken p-3 font-mono text-xs leading-5 break-all whitespace-pre-wrap text-ink">
          {form === 'exact' ? event.raw : prettyJson(event.raw).map((piece, index) => <Piece key={index} piece={piece} />)}
        </pre>
        {form === 'pretty' && <p className="pt-1.5 text-xs text-ink-3">Indented for reading. The commitment covers the exact bytes.</p>}
      </section>
    </div>
  )
}

function Outcome({ check }: { readonly check: CommitmentCheck }) {
  switch (check.status) {
    case 'matches':
      return (
        <p className="flex items-center gap-2 rounded-lg bg-sunken px-3 py-2.5 text-sm font-medium text-ink">
          <Check aria-hidden className="size-4 text-ink-2" />
          Commitment matches these bytes
        </p>
      )
    case 'differs':
      return (
        <Notice tone="bad" title="The commitment does not match these bytes">
          What the server calls this event’s bytes, salt or commitment is not what it committed to. Keep this page, and have the record
          checked:
          <code className="mt-1 block font-mono text-xs">npm run annal -- fsck</code>
        </Notice>
      )
    case 'unreadable-salt':
      return (
        <Notice tone="bad" title="The commitment can’t be computed: the salt is not 16 bytes of hex">
          <span className="inline-flex items-center gap-1">
            <CircleAlert aria-hidden className="size-4" /> Have the record checked.
          </span>
        </Notice>
      )
  }
}

function Hex({ label, text, what }: { readonly label: string; readonly text: string; readonly what: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className="flex items-start gap-1">
        <span className="min-w-0 flex-1 font-mono text-xs leading-5 break-all">{text}</span>
        <CopyButton text={text} what={what} />
      </dd>
    </div>
  )
}

const COLOURS: Readonly<Record<JsonPiece['kind'], string>> = {
  key: 'text-ink',
  string: 'text-accent-ink',
  number: 'text-ink',
  word: 'text-ink',
  mark: 'text-ink-3',
}

function Piece({ piece }: { readonly piece: JsonPiece }) {
  return <span className={COLOURS[piece.kind]}>{piece.text}</span>
}
