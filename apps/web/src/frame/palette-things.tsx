import { useNavigate } from '@tanstack/react-router'
import { Command as Cmdk } from 'cmdk'
import type { ResultOf } from 'gql.tada'
import { useEffect } from 'react'
import { useReading } from '../reading/use-reading.ts'
import { useSession } from '../session/use-session.ts'
import { paletteSearch } from './palette-documents.ts'

interface Found {
  readonly group: string
  readonly path: string
  readonly id: string
  readonly title: string | null
}

interface PaletteThingsProps {
  readonly search: string
  /** Told the first of what was found, whenever that changes. */
  readonly onFound: (value: string) => void
  readonly onDone: () => void
}

/** Systems, models, datasets and incidents that have the words. */
export function PaletteThings({ search, onFound, onDone }: PaletteThingsProps) {
  const { viewer, carried } = useSession()
  const navigate = useNavigate()
  const { reading } = useReading(paletteSearch, { search })
  const found = reading.status === 'read' ? foundIn(reading.data) : []
  const first = found[0] === undefined ? null : valueIn(found[0])
  useEffect(() => {
    if (first !== null) onFound(first)
  }, [first, onFound])
  if (reading.status === 'failed') {
    return (
      <p role="alert" className="px-2 py-1 text-xs text-bad">
        Systems and models could not be searched: {reading.problem.message}
      </p>
    )
  }
  return [...Map.groupBy(found, ({ group }) => group)].map(([group, things]) => (
    <Cmdk.Group key={group} heading={group} forceMount>
      {things.map((thing) => (
        <Cmdk.Item
          key={thing.id}
          forceMount
          value={valueIn(thing)}
          keywords={[thing.title ?? '', thing.id]}
          onSelect={() => {
            onDone()
            void navigate({ to: `/w/${viewer.workspace.id}${thing.path}/${encodeURIComponent(thing.id)}`, search: carried })
          }}
          className="flex h-9 cursor-default items-center justify-between gap-4 rounded-md px-2 text-sm text-ink-2 data-[selected=true]:bg-sunken data-[selected=true]:text-ink"
        >
          <span className="truncate">{thing.title ?? thing.id}</span>
          <span className="truncate font-mono text-xs text-ink-3">{thing.id}</span>
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  ))
}

function valueIn({ path, id }: Found): string {
  return `${path} ${id}`
}

function foundIn({ systems, models, datasets, incidents }: ResultOf<typeof paletteSearch>): readonly Found[] {
  return [
    ...systems.edges.map(({ node }) => ({ group: 'Systems', path: '/systems', id: node.id, title: node.name })),
    ...models.edges.map(({ node }) => ({ group: 'Models', path: '/models', id: node.id, title: node.name })),
    ...datasets.edges.map(({ node }) => ({ group: 'Datasets', path: '/datasets', id: node.id, title: node.name })),
    ...incidents.edges.map(({ node }) => ({ group: 'Incidents', path: '/incidents', id: node.id, title: node.title })),
  ]
}
