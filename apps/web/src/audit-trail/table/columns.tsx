import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import { shortenMiddle } from '../../format/shorten.ts'
import { words } from '../../format/words.ts'
import { Instant } from '../../ui/instant.tsx'
import { ActorName } from '../actor-name.tsx'
import { ReferenceChip } from '../reference-chip.tsx'
import type { TrailEvent } from '../trail-documents.ts'
import { TypeIcon } from '../type-icon.tsx'
import { localStream, splitStream } from './local-stream.ts'

export const features = tableFeatures({})
const helper = createColumnHelper<typeof features, TrailEvent>()

/** Every column the trail can show, in the order in which they stand. */
export const columns = helper.columns([
  helper.display({ id: 'recorded', header: 'Recorded', cell: ({ row }) => <Instant at={row.original.recordedAt} /> }),
  helper.display({
    id: 'type',
    header: 'Type',
    cell: ({ row: { original } }) => (
      <span className="flex items-center gap-2">
        <TypeIcon stream={original.stream} />
        <span className="truncate font-medium text-ink">{words(original.type)}</span>
      </span>
    ),
  }),
  helper.display({ id: 'summary', header: 'What happened', cell: ({ row }) => <span className="text-ink-2">{row.original.summary}</span> }),
  helper.display({ id: 'about', header: 'About', cell: ({ row }) => <References event={row.original} /> }),
  helper.display({ id: 'actor', header: 'By', cell: ({ row }) => <ActorName actor={row.original.actor} inRow /> }),
  helper.display({ id: 'occurred', header: 'Occurred', cell: ({ row }) => <Instant at={row.original.occurredAt} /> }),
  helper.display({ id: 'history', header: 'History of', cell: ({ row }) => <Mono>{localStream(row.original.stream)}</Mono> }),
  helper.display({ id: 'number', header: 'No.', cell: ({ row }) => <span className="tabular">{row.original.streamVersion}</span> }),
  helper.display({ id: 'correlation', header: 'Correlation', cell: ({ row }) => <Mono>{row.original.correlationId ?? ''}</Mono> }),
  helper.display({ id: 'id', header: 'Event id', cell: ({ row }) => <Mono>{shortenMiddle(row.original.id)}</Mono> }),
])

export interface ColumnFacts {
  readonly id: string
  readonly title: string
  /** Pixels; null takes what is left, at least `REST_MIN`. */
  readonly width: number | null
}

export const REST_MIN = 280

export const COLUMN_FACTS: readonly ColumnFacts[] = [
  { id: 'recorded', title: 'Recorded', width: 168 },
  { id: 'type', title: 'Type', width: 224 },
  { id: 'summary', title: 'What happened', width: null },
  { id: 'about', title: 'About', width: 224 },
  { id: 'actor', title: 'By', width: 168 },
  { id: 'occurred', title: 'Occurred', width: 168 },
  { id: 'history', title: 'History of', width: 208 },
  { id: 'number', title: 'No. in its history', width: 72 },
  { id: 'correlation', title: 'Correlation', width: 160 },
  { id: 'id', title: 'Event id', width: 152 },
]

/** The reference that the event's history is of, or the first, and how many more there are. */
function References({ event: { about, stream } }: { readonly event: TrailEvent }) {
  const [kind, id] = splitStream(stream)
  const first = about.find((reference) => reference === `${kind}:${id}` || reference.startsWith(`${kind}:${id}@`)) ?? about[0]
  if (first === undefined) return null
  const others = about.filter((reference) => reference !== first)
  return (
    <span className="flex items-center gap-1.5">
      <ReferenceChip reference={first} inRow />
      {others.length > 0 && (
        <span className="shrink-0 text-xs text-ink-3 tabular" data-tip={others.join('\n')}>
          +{others.length}
        </span>
      )}
    </span>
  )
}

function Mono({ children }: { readonly children: string }) {
  return <span className="font-mono text-xs text-ink-2">{children}</span>
}
