import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect } from 'react'
import { useListFocus } from '../audit-trail/table/list-focus.ts'
import { usePrinting } from '../audit-trail/table/use-printing.ts'
import { NextRows } from './next-rows.tsx'
import type { RegisterList, RegisterRows } from './register.ts'

const CARD = 96

interface RegisterCardsProps<Row extends { readonly id: string }> {
  readonly list: RegisterList<Row>
  readonly pages: RegisterRows<Row>
  readonly card: (row: Row) => ReactNode
  readonly label: string
}

/** The same list for a narrow screen. */
export function RegisterCards<Row extends { readonly id: string }>({ list, pages, card, label }: RegisterCardsProps<Row>) {
  const { rows, frame, activeId } = list
  const printing = usePrinting()
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => CARD,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
  })
  const index = rows.findIndex(({ id }) => id === activeId)
  useListFocus({
    frame,
    activeId,
    scrollTo: (first) => index >= 0 && virtualizer.scrollToIndex(index, { align: first ? 'center' : 'auto' }),
  })
  const items = printing ? rows.map((_, at) => ({ index: at, start: 0 })) : virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  const { more, next } = pages
  useEffect(() => {
    if (next === 'idle' && last >= rows.length - 10) more()
  }, [last, rows.length, next, more])

  return (
    <>
      <ul aria-label={label} className="relative" style={printing ? undefined : { height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            <li
              key={row.id}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={printing ? '' : 'absolute inset-x-0 top-0'}
              style={printing ? undefined : { transform: `translateY(${item.start}px)` }}
            >
              <article className="relative border-b border-line px-4 py-3">{card(row)}</article>
            </li>
          )
        })}
      </ul>
      <div className="px-4 py-3 text-sm" data-print="no">
        <NextRows pages={pages} />
      </div>
    </>
  )
}
