import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { useMedia } from './use-media.ts'

interface SimpleColumn<Row> {
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  readonly align?: 'right'
  /** Where there is little room it stands under the first column. */
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
  const narrow = useMedia('(max-width: 639px)')
  const beside = columns.filter(({ wideOnly }) => !narrow || !wideOnly)
  const below = columns.filter(({ wideOnly }) => narrow && wideOnly)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <section aria-label={`${label}, as a table`} tabIndex={0} className="overflow-x-auto" data-print="flow">
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="text-xs text-ink-3">
            {beside.map(({ title, align }) => (
              <th
                key={title}
                scope="col"
                className={classes('h-8 border-b border-line px-4 font-medium whitespace-nowrap', align && 'text-right')}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="[&:last-child>td]:border-b-0">
              {beside.map(({ title, cell, align }, index) => (
                <td
                  key={title}
                  className={classes('border-b border-line px-4 py-2 align-top', align && 'text-right whitespace-nowrap tabular')}
                >
                  {cell(row)}
                  {index === 0 && below.length > 0 && <Below row={row} columns={below} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Below<Row>({ row, columns }: Pick<SimpleTableProps<Row>, 'columns'> & { readonly row: Row }) {
  return (
    <dl className="mt-1 grid gap-0.5 text-xs text-ink-2">
      {columns.map(({ title, cell }) => (
        <div key={title} className="flex flex-wrap gap-x-1.5">
          <dt className="text-ink-3">{title}</dt>
          <dd className="min-w-0">{cell(row)}</dd>
        </div>
      ))}
    </dl>
  )
}
