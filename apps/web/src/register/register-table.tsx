import { createColumnHelper, FlexRender, type Row as TableRow, tableFeatures, useTable } from '@tanstack/react-table'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import { useListFocus } from '../audit-trail/table/list-focus.ts'
import { usePrinting } from '../audit-trail/table/use-printing.ts'
import { classes } from '../ui/classes.ts'
import { REST_MIN, SELECT_WIDTH } from './fitting-columns.ts'
import { NextRows } from './next-rows.tsx'
import type { RegisterColumn, RegisterList, RegisterRows } from './register.ts'
import type { RegisterView } from './use-register-view.ts'

const OVERSCAN = 12
/** The sticky head covers the top of the scrolled list. */
const HEAD_HEIGHT = 36
const features = tableFeatures({})

interface RegisterTableProps<Row extends { readonly id: string }> {
  readonly list: RegisterList<Row>
  readonly pages: RegisterRows<Row>
  readonly view: RegisterView
  readonly columns: readonly RegisterColumn<Row>[]
  readonly label: string
}

export function RegisterTable<Row extends { readonly id: string }>({ list, pages, view, columns, label }: RegisterTableProps<Row>) {
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>()
    return helper.columns(
      columns.map(({ id, title, cell }) => helper.display({ id, header: title, cell: ({ row }) => cell(row.original) })),
    )
  }, [columns])
  const table = useTable({ features, columns: defs, data: list.rows, getRowId: (row) => row.id })
  const { rows } = table.getRowModel()
  const printing = usePrinting()
  const { frame, activeId } = list
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
    estimateSize: () => (view.dense ? 28 : 36),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: OVERSCAN,
    rangeExtractor,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  })
  // All heights change with the density.
  useEffect(() => virtualizer.measure(), [view.dense])
  useListFocus({
    frame,
    activeId,
    scrollTo: (first) => activeIndex.current >= 0 && virtualizer.scrollToIndex(activeIndex.current, { align: first ? 'center' : 'auto' }),
  })

  const items = printing ? rows.map((_, index) => ({ index, start: 0, end: 0 })) : virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  const { more, next } = pages
  useEffect(() => {
    if (next === 'idle' && last >= rows.length - OVERSCAN * 2) more()
  }, [last, rows.length, next, more])

  const shown = columns.filter(({ id }) => view.shown.includes(id))
  const width = SELECT_WIDTH + shown.reduce((sum, column) => sum + (column.width ?? REST_MIN), 0)
  const known = pages.count?.exact ? pages.count.value : -1
  const end = virtualizer.getTotalSize() + HEAD_HEIGHT
  let bottom = HEAD_HEIGHT

  return (
    <table
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are selected and opened is a grid.
      role="grid"
      aria-label={label}
      aria-multiselectable
      aria-rowcount={known < 0 ? -1 : known + 1}
      className="w-full table-fixed border-separate border-spacing-0 text-left"
      style={{ minWidth: width }}
    >
      <colgroup>
        <col style={{ width: SELECT_WIDTH }} data-print="no" />
        {shown.map((column) => (
          <col key={column.id} style={column.width === null ? undefined : { width: column.width }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <th className={HEAD} data-print="no">
            <span className="heard">Selected</span>
          </th>
          {shown.map((column) => (
            <Head key={column.id} column={column} view={view} />
          ))}
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
            <Line
              key={row.id}
              row={row}
              list={list}
              columns={shown}
              rowNumber={item.index + 2}
              measure={virtualizer.measureElement}
              active={row.id === activeId || (activeId === null && item.index === 0)}
              dense={view.dense}
            />,
          ]
        })}
        {!printing && end > bottom && <Spacer height={end - bottom} />}
        <tr data-print="no">
          <td colSpan={shown.length + 1} className="h-12 px-6 text-sm">
            <NextRows pages={pages} />
          </td>
        </tr>
      </tbody>
    </table>
  )
}

const HEAD = 'sticky top-0 z-10 h-9 truncate border-b border-line bg-canvas pr-4 text-xs font-medium text-ink-3'

function Head<Row>({ column, view }: { readonly column: RegisterColumn<Row>; readonly view: RegisterView }) {
  const { sort, title, align } = column
  const look = classes(HEAD, align && 'text-right')
  if (!sort) {
    return (
      <th scope="col" className={look}>
        {title}
      </th>
    )
  }
  const sorted = view.sort === sort.by
  const Arrow = sort.direction === 'ascending' ? ArrowUp : ArrowDown
  return (
    <th scope="col" className={look} aria-sort={sorted ? sort.direction : 'none'}>
      <button
        type="button"
        onClick={() => view.setSort(sort.by)}
        data-tip={sorted ? undefined : `Sort by ${title.toLowerCase()}`}
        className={classes('-mx-1 inline-flex h-6 items-center gap-1 rounded px-1 hover:bg-sunken hover:text-ink', sorted && 'text-ink')}
      >
        {title}
        <Arrow aria-hidden className={classes('size-3.5', !sorted && 'opacity-0')} />
      </button>
    </th>
  )
}

interface LineProps<Row extends { readonly id: string }> {
  readonly row: TableRow<typeof features, Row>
  readonly list: RegisterList<Row>
  readonly columns: readonly RegisterColumn<Row>[]
  /** 1-based, the head being row 1. */
  readonly rowNumber: number
  /** A cell that wraps makes its row higher. */
  readonly measure: (row: HTMLElement | null) => void
  readonly active: boolean
  readonly dense: boolean
}

function Line<Row extends { readonly id: string }>({ row, list, columns, rowNumber, measure, active, dense }: LineProps<Row>) {
  const thing = row.original
  const height = dense ? 'h-7' : 'h-9'
  const selected = list.selected.has(row.id)

  function onKeyDown(pressed: KeyboardEvent): void {
    if (pressed.key !== 'Enter' || pressed.target !== pressed.currentTarget) return
    pressed.preventDefault()
    list.open(thing)
  }

  function onClick(click: MouseEvent): void {
    if (click.defaultPrevented || click.ctrlKey || click.metaKey || click.shiftKey || getSelection()?.isCollapsed === false) return
    if (click.target instanceof Element && click.target.closest('a, button, input')) return
    list.activate(row.id)
    list.open(thing)
  }

  return (
    <tr
      ref={measure}
      data-index={rowNumber - 2}
      data-row={row.id}
      data-event={row.id}
      tabIndex={active ? 0 : -1}
      aria-rowindex={rowNumber}
      aria-selected={selected}
      onFocus={() => list.activate(row.id)}
      onKeyDown={onKeyDown}
      onClick={onClick}
      className={classes(
        'group cursor-default text-sm outline-offset-[-2px] [&>td]:border-b [&>td]:border-line',
        selected ? 'bg-sunken' : 'hover:bg-hover',
      )}
    >
      <td className={classes('pl-[5px]', height)} data-print="no">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          aria-label={`Select ${columns[0]?.text(thing) ?? row.id}`}
          onChange={() => list.toggle(row.id)}
          className={classes(
            'block size-3.5 accent-accent',
            !selected && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
          )}
        />
      </td>
      {row.getAllCells().map((cell) => {
        const column = columns.find(({ id }) => id === cell.column.id)
        return column ? (
          <td key={cell.id} data-whole className={classes('truncate pr-4', height, column.align && 'text-right tabular')}>
            <FlexRender cell={cell} />
          </td>
        ) : null
      })}
    </tr>
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
