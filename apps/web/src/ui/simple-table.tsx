import type { ReactNode } from 'react'
import { classes } from './classes.ts'

interface SimpleColumn<Row> {
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  readonly align?: 'right'
  /** Left out where there is little room. */
  readonly wideOnly?: boolean
}

interface SimpleTableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly SimpleColumn<Row>[]
  readonly keyOf: (row: Row) => string
}

/** A short table within a page; it scrolls sideways within its own frame if it must. */
export function SimpleTable<Row>({ label, rows, columns, keyOf }: SimpleTableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <section aria-label={`${label}, as a table`} tabIndex={0} className="overflow-x-auto" data-print="flow">
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="text-xs text-ink-3">
            {columns.map(({ title, align, wideOnly }) => (
              <th
                key={title}
                scope="col"
                className={classes(
                  'h-8 border-b border-line px-4 font-medium whitespace-nowrap',
                  align && 'text-right',
                  wideOnly && 'max-sm:hidden',
                )}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="[&:last-child>td]:border-b-0">
              {columns.map(({ title, cell, align, wideOnly }) => (
                <td
                  key={title}
                  className={classes(
                    'border-b border-line px-4 py-2 align-top',
                    align && 'text-right tabular',
                    wideOnly && 'max-sm:hidden',
                  )}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
