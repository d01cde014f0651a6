import { useNavigate } from '@tanstack/react-router'
import { AxisBottom, AxisLeft } from '@visx/axis'
import { Group } from '@visx/group'
import { scaleLinear, scaleTime } from '@visx/scale'
import { LinePath } from '@visx/shape'
import { lightFormat } from 'date-fns/lightFormat'
import { csvOf } from '../format/csv.ts'
import { readersZone, utcExact } from '../format/instants.ts'
import { countOf, grouped } from '../format/numbers.ts'
import { PlotFrame } from '../plot/plot-frame.tsx'
import { useSession } from '../session/use-session.ts'
import { Instant } from '../ui/instant.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import { duration } from './duration.ts'
import type { LogOfLedger } from './ledger-documents.ts'
import { SizeDoor, underHead } from './size-door.tsx'

type Point = LogOfLedger['history'][number]

const HEIGHT = 200
const SHORTEST = 3_600_000
const LEFT = 64
/** Half of the last label stands there. */
const RIGHT = 30
const TOP = 12
const BOTTOM = 28
const TICK = { fontSize: 11, fontFamily: 'inherit', fill: 'var(--ink-3)' }

/** How the tree grew in the last 24 hours. Each point opens the events under its head. */
export function HistoryPlot({ history }: { readonly history: readonly Point[] }) {
  return (
    <PlotFrame
      title="Growth"
      note={`Events under signed heads, last 24 hours, in your zone (${readersZone()})`}
      name="tree-size"
      height={HEIGHT}
      csv={() =>
        csvOf(history, [
          { title: 'Signed', text: ({ at }) => at },
          { title: 'Tree size', text: ({ size }) => size },
          { title: 'Lag in ms', text: ({ lagMilliseconds }) => String(lagMilliseconds) },
        ])
      }
      table={<HistoryTable history={history} />}
      draw={(width, svg) => (
        <svg ref={svg} width={width} height={HEIGHT} role="img" aria-label={describe(history)}>
          <Drawing history={history} width={width} />
        </svg>
      )}
    />
  )
}

function Drawing({ history, width }: { readonly history: readonly Point[]; readonly width: number }) {
  const { viewer, carried } = useSession()
  const navigate = useNavigate()
  const open = (search: string) =>
    void navigate({ to: '/w/$workspace/events', params: { workspace: viewer.workspace.id }, search: { ...carried, q: search } })
  const times = history.map(({ at }) => Date.parse(at))
  const sizes = history.map(({ size }) => Number(size))
  const last = Math.max(...times)
  // A lone head stands at the end of an hour: an axis of milliseconds says nothing.
  const first = Math.min(...times, last - SHORTEST)
  const across = scaleTime({ domain: [first, last], range: [0, width - LEFT - RIGHT] })
  const up = scaleLinear({ domain: [Math.min(...sizes, 0), Math.max(...sizes, 1)], range: [HEIGHT - TOP - BOTTOM, 0], nice: true })
  return (
    <Group left={LEFT} top={TOP}>
      <AxisLeft
        scale={up}
        tickValues={up.ticks(4).filter(Number.isInteger)}
        hideAxisLine
        hideTicks
        tickFormat={(value) => grouped(Number(value))}
        tickLabelProps={{ ...TICK, textAnchor: 'end', dx: -4, dy: 4 }}
      />
      <LinePath
        data={[...history]}
        x={({ at }) => across(Date.parse(at))}
        y={({ size }) => up(Number(size))}
        className="stroke-accent"
        strokeWidth={1.5}
        fill="none"
      />
      {history.map(({ at, size, lagMilliseconds }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the table leads the keyboard to the same events.
        <circle
          key={at}
          cx={across(Date.parse(at))}
          cy={up(Number(size))}
          r={3}
          className="cursor-pointer fill-accent"
          onClick={() => open(underHead(at))}
          data-tip={`${countOf(Number(size), true, 'event', 'events')}\n${utcExact(at)}\nlag ${duration(lagMilliseconds)}`}
        />
      ))}
      <AxisBottom
        scale={across}
        top={HEIGHT - TOP - BOTTOM}
        hideTicks
        stroke="var(--line)"
        numTicks={Math.max(2, Math.floor(width / 160))}
        tickFormat={(at) => lightFormat(new Date(Number(at)), 'HH:mm:ss')}
        tickLabelProps={{ ...TICK, textAnchor: 'middle' }}
      />
    </Group>
  )
}

function HistoryTable({ history }: { readonly history: readonly Point[] }) {
  return (
    <SimpleTable
      label="Signed heads of the last 24 hours"
      rows={history.toReversed()}
      keyOf={({ at }) => at}
      columns={[
        { title: 'Signed', cell: ({ at }) => <Instant at={at} exact /> },
        { title: 'Tree size', align: 'right', cell: ({ size, at }) => <SizeDoor size={size} signedAt={at} /> },
        {
          title: 'Lag',
          align: 'right',
          cell: ({ size, at, lagMilliseconds }) => (
            <SizeDoor size={size} signedAt={at}>
              {duration(lagMilliseconds)}
            </SizeDoor>
          ),
        },
      ]}
    />
  )
}

function describe(history: readonly Point[]): string {
  const [first, last] = [history[0], history.at(-1)]
  return first === undefined || last === undefined
    ? 'No heads'
    : `The tree grew from ${grouped(Number(first.size))} to ${countOf(Number(last.size), true, 'event', 'events')} under ${countOf(history.length, true, 'head', 'heads')}`
}
