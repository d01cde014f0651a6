import { useTable } from '@tanstack/react-table'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { classes } from '../../ui/classes.ts'
import { PrintLine } from '../print-line.tsx'
import { useTrail } from '../trail-context.ts'
import type { TrailEvent } from '../trail-documents.ts'
import { COLUMN_FACTS, columns, features, REST_MIN } from './columns.tsx'
import { useListFocus } from './list-focus.ts'
import { NextPageRow } from './next-page.tsx'
import { type RowActions, TrailRow } from './trail-row.tsx'
import { usePrinting } from './use-printing.ts'

export interface TrailListProps {
  readonly events: readonly TrailEvent[]
  readonly frame: RefObject<HTMLDivElement | null>
  readonly activeId: string | null
  readonly selected: ReadonlySet<string>
  readonly actions: RowActions
}

interface TrailTableProps extends TrailListProps {
  readonly shown: readonly string[]
  readonly dense: boolean
}

const SELECT_WIDTH = 24
const OVERSCAN = 12
/** The sticky head covers the top of the scrolled list. */
const HEAD_HEIGHT = 36

export function TrailTable({ events, frame, activeId, selected, actions, shown, dense }: TrailTableProps) {
  const { workspace, openId, feed, state } = useTrail()
  const table = useTable({ features, columns, data: events, getRowId: (event) => event.id })
  const { rows } = table.getRowModel()
  const printing = usePrinting()
  const activeIndex = useRef(-1)
  activeIndex.current = activeId === null ? -1 : rows.findIndex((row) => row.id === activeId)

  const rangeExtractor = useCallback((range: Parameters<typeof defaultRangeExtractor>[0]) => {
    const visible = defaultRangeExtractor(range)
    // The row with the focus stays in the page, however far the list is scrolled.
    const active = activeIndex.current
    return active < 0 || visible.includes(active) ? visible : [...visible, active].toSorted((a, b) => a - b)
  }, [])

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => (dense ? 28 : 36),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: OVERSCAN,
    rangeExtractor,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  })
  // All heights change with the density.
  useEffect(() => virtualizer.measure(), [dense])
  useListFocus({
    frame,
    activeId,
    scrollTo: (first) => activeIndex.current >= 0 && virtualizer.scrollToIndex(activeIndex.current, { align: first ? 'center' : 'auto' }),
  })

  const items = printing ? rows.map((_, index) => ({ index, start: 0, end: 0 })) : virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (last >= rows.length - OVERSCAN * 2) feed?.more()
  }, [last, rows.length, feed])

  const facts = COLUMN_FACTS.filter(({ id }) => shown.includes(id))
  const width = SELECT_WIDTH + facts.reduce((sum, fact) => sum + (fact.width ?? REST_MIN), 0)
  const known = state.count.status === 'counted' && state.count.exact ? state.count.value : -1
  const end = virtualizer.getTotalSize() + HEAD_HEIGHT
  let bottom = HEAD_HEIGHT

  return (
    <table
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are selected and opened is a grid.
      role="grid"
      aria-label="Events"
      aria-multiselectable
      aria-rowcount={known < 0 ? -1 : known + 1}
      className="w-full table-fixed border-separate border-spacing-0 text-left"
      style={{ minWidth: width }}
    >
      <colgroup>
        <col style={{ width: SELECT_WIDTH }} data-print="no" />
        {facts.map((fact) => (
          <col key={fact.id} style={fact.width === null ? undefined : { width: fact.width }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <th className={HEAD} data-print="no">
            <span className="heard">Selected</span>
          </th>
          {facts.map((fact) =>
            fact.id === 'recorded' ? <RecordedHead key={fact.id} /> : <Head key={fact.id} id={fact.id} title={fact.title} />,
          )}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const row = rows[item.index]
          if (!row) return null
          const gap = printing ? 0 : item.start - bottom
          bottom = item.end
          return [
            gap > 0 && <Spacer key={`before ${row.id}`} height={gap} />,
            <TrailRow
              key={row.id}
              row={row}
              workspace={workspace}
              shown={shown}
              rowNumber={item.index + 2}
              active={row.id === activeId || (activeId === null && item.index === 0)}
              opened={row.id === openId}
              selected={selected.has(row.id)}
              dense={dense}
              actions={actions}
            />,
          ]
        })}
        {!printing && end > bottom && <Spacer height={end - bottom} />}
        <NextPageRow span={facts.length + 1} />
      </tbody>
      <tfoot className="only-print">
        <tr>
          <td colSpan={facts.length}>
            <PrintLine />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

const HEAD = 'sticky top-0 z-10 h-9 truncate border-b border-line bg-canvas pr-4 text-xs font-medium text-ink-3'

function Head({ id, title }: { readonly id: string; readonly title: string }) {
  return (
    <th className={HEAD} data-tip={id === 'number' ? 'Place in its history' : undefined}>
      {id === 'number' ? 'No.' : title}
    </th>
  )
}

function RecordedHead() {
  const { order, setOrder } = useTrail()
  const newest = order === 'NEWEST_FIRST'
  const Arrow = newest ? ArrowDown : ArrowUp
  return (
    <th className={HEAD} aria-sort={newest ? 'descending' : 'ascending'}>
      <button
        type="button"
        onClick={() => setOrder(newest ? 'OLDEST_FIRST' : 'NEWEST_FIRST')}
        data-tip={newest ? 'Newest first. Click for oldest first' : 'Oldest first. Click for newest first'}
        className={classes('-mx-1 inline-flex h-6 items-center gap-1 rounded px-1 hover:bg-sunken hover:text-ink')}
      >
        Recorded
        <Arrow aria-hidden className="size-3.5" />
      </button>
    </th>
  )
}

/** Stands for rows that are not drawn. */
function Spacer({ height }: { readonly height: number }) {
  return (
    <tr>
      <td style={{ height }} />
    </tr>
  )
}
