import { useRouter } from '@tanstack/react-router'
import { Group } from '@visx/group'
import { scaleLinear } from '@visx/scale'
import { Bar } from '@visx/shape'
import { csvOf } from '../format/csv.ts'
import { grouped } from '../format/numbers.ts'
import { useSession } from '../session/use-session.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import { PlotFrame } from './plot-frame.tsx'

export interface BarRow {
  readonly id: string
  readonly title: string
  readonly count: number
  /** The filter of the list that the count counts. */
  readonly search: string
}

interface BarsPlotProps {
  readonly title: string
  readonly name: string
  /** What is counted: "systems". */
  readonly what: string
  /** The list's path behind `/w/<workspace>`. */
  readonly to: string
  readonly rows: readonly BarRow[]
}

const ROW = 28

/** Counts side by side, each labelled where it stands and leading to what it counts. */
export function BarsPlot({ title, name, what, to, rows }: BarsPlotProps) {
  const { viewer } = useSession()
  const router = useRouter()
  const most = Math.max(1, ...rows.map(({ count }) => count))
  const height = rows.length * ROW
  return (
    <PlotFrame
      title={title}
      name={name}
      height={height}
      csv={() =>
        csvOf(rows, [
          { title: name, text: (row) => row.title },
          { title: what, text: (row) => String(row.count) },
        ])
      }
      table={
        <SimpleTable
          label={title}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            { title: title, cell: (row) => row.title },
            {
              title: what,
              align: 'right',
              cell: (row) => (
                <RoomLink to={to} search={row.search}>
                  {grouped(row.count)}
                </RoomLink>
              ),
            },
          ]}
        />
      }
      draw={(width, svg) => {
        const label = Math.min(180, width * 0.5)
        const along = scaleLinear({ domain: [0, most], range: [0, width - label - 44] })
        return (
          // biome-ignore lint/a11y/useSemanticElements: a drawing can't be a fieldset.
          <svg ref={svg} width={width} height={height} role="group" aria-label={title}>
            {rows.map((row, index) => {
              const { href } = router.buildLocation({ to: `/w/${viewer.workspace.id}${to}`, search: { q: row.search } })
              return (
                <a
                  key={row.id}
                  href={href}
                  onClick={(click) => {
                    if (click.ctrlKey || click.metaKey || click.shiftKey) return
                    click.preventDefault()
                    router.history.push(href)
                  }}
                  className="group"
                >
                  <Group top={index * ROW}>
                    <rect width={width} height={ROW} fill="transparent" />
                    <text x={0} y={18} className="fill-ink-2 text-xs group-hover:fill-ink">
                      {fitted(row.title, label)}
                    </text>
                    <Bar
                      x={label}
                      y={7}
                      height={14}
                      width={Math.max(along(row.count), 2)}
                      rx={2}
                      className="fill-accent/60 group-hover:fill-accent"
                    />
                    <text x={label + Math.max(along(row.count), 2) + 6} y={18} className="fill-ink text-xs font-medium">
                      {grouped(row.count)}
                    </text>
                  </Group>
                </a>
              )
            })}
          </svg>
        )
      }}
    />
  )
}

/** As much of a label as has room: letters of 12 px are about 6.4 px wide. */
function fitted(text: string, room: number): string {
  const letters = Math.floor(room / 6.4) - 1
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`
}
