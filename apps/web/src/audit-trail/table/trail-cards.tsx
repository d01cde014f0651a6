import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect } from 'react'
import { words } from '../../format/words.ts'
import { classes } from '../../ui/classes.ts'
import { Instant } from '../../ui/instant.tsx'
import { ActorName } from '../actor-name.tsx'
import { ReferenceChip } from '../reference-chip.tsx'
import { useTrail } from '../trail-context.ts'
import type { TrailEvent } from '../trail-documents.ts'
import { TypeIcon } from '../type-icon.tsx'
import { useListFocus } from './list-focus.ts'
import { NextPage } from './next-page.tsx'
import type { TrailListProps } from './trail-table.tsx'
import { usePrinting } from './use-printing.ts'

const CARD = 116

/** The same list for a narrow screen. */
export function TrailCards({ events, frame, activeId, actions }: TrailListProps) {
  const { feed } = useTrail()
  const printing = usePrinting()
  const virtualizer = useVirtualizer({
    count: events.length,
    getScrollElement: () => frame.current,
    estimateSize: () => CARD,
    getItemKey: (index) => events[index]?.id ?? index,
    overscan: 6,
  })
  const index = events.findIndex((event) => event.id === activeId)
  useListFocus({
    frame,
    activeId,
    scrollTo: (first) => index >= 0 && virtualizer.scrollToIndex(index, { align: first ? 'center' : 'auto' }),
  })
  const items = printing ? events.map((_, at) => ({ index: at, start: 0 })) : virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (last >= events.length - 10) feed?.more()
  }, [last, events.length, feed])

  return (
    <>
      <ul aria-label="Events" className="relative" style={printing ? undefined : { height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const event = events[item.index]
          if (!event) return null
          return (
            <li
              key={event.id}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={printing ? '' : 'absolute inset-x-0 top-0'}
              style={printing ? undefined : { transform: `translateY(${item.start}px)` }}
            >
              <Card event={event} onOpen={actions.open} />
            </li>
          )
        })}
      </ul>
      <div className="px-4 py-3 text-sm" data-print="no">
        <NextPage />
      </div>
    </>
  )
}

function Card({ event, onOpen }: { readonly event: TrailEvent; readonly onOpen: (id: string) => void }) {
  const { openId } = useTrail()
  const rest = event.about.length - 2
  return (
    <article className={classes('relative border-b border-line px-4 py-3', openId === event.id && 'bg-accent-soft')}>
      <div className="flex items-center gap-2 text-sm">
        <TypeIcon stream={event.stream} />
        <h2 className="min-w-0 flex-1 truncate font-medium">
          <button type="button" data-event={event.id} onClick={() => onOpen(event.id)} className="after:absolute after:inset-0">
            {words(event.type)}
          </button>
        </h2>
        <span className="text-xs">
          <Instant at={event.recordedAt} />
        </span>
      </div>
      <p className="mt-1 line-clamp-2 text-sm text-ink-2">{event.summary}</p>
      <div className="relative mt-2 flex min-w-0 items-center gap-1">
        {event.about.slice(0, 2).map((reference) => (
          <ReferenceChip key={reference} reference={reference} inRow />
        ))}
        {rest > 0 && <span className="text-xs text-ink-3 tabular">+{rest}</span>}
        <span className="ml-auto shrink-0 pl-2">
          <ActorName actor={event.actor} inRow />
        </span>
      </div>
    </article>
  )
}
