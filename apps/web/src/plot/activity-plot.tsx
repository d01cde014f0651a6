import { useNavigate } from '@tanstack/react-router'
import { AxisBottom, AxisLeft } from '@visx/axis'
import { Group } from '@visx/group'
import { scaleBand, scaleLinear } from '@visx/scale'
import { Bar } from '@visx/shape'
import { csvOf } from '../format/csv.ts'
import { countOf, grouped } from '../format/numbers.ts'
import { useSession } from '../session/use-session.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import { PlotFrame } from './plot-frame.tsx'

export interface ActivityDay {
  readonly date: string
  readonly events: number
  readonly incidents: number
  readonly violations: number
  readonly deployments: number
  readonly decisions: number
}

interface Lane {
  readonly name: 'deployments' | 'incidents' | 'violations'
  readonly title: string
  readonly type: string
  readonly look: string
}

const LANES: readonly Lane[] = [
  { name: 'deployments', title: 'Deployed', type: 'VersionDeployed', look: 'fill-blue' },
  { name: 'incidents', title: 'Incidents', type: 'IncidentReported', look: 'fill-warn' },
  { name: 'violations', title: 'Violations', type: 'ViolationRecorded', look: 'fill-bad' },
]
const HEIGHT = 236
const LEFT = 76
const TOP = 12
const BARS = 130
const LANE = 20
const TICK = { fontSize: 11, fontFamily: 'inherit', fill: 'var(--ink-3)' }

/** Events per day, and below them what matters most: one mark a day, as large as there are many. Each opens its events. */
export function ActivityPlot({ days, about }: { readonly days: readonly ActivityDay[]; readonly about?: string | undefined }) {
  const scope = about === undefined ? '' : `about:${about} `
  return (
    <PlotFrame
      title="Activity"
      note="Events a day, by the day (UTC) on which they occurred"
      name="activity"
      height={HEIGHT}
      csv={() => csvOf(days, COLUMNS)}
      table={<ActivityTable days={days} scope={scope} />}
      draw={(width, svg) => (
        <svg ref={svg} width={width} height={HEIGHT} role="img" aria-label={describe(days)}>
          <Drawing days={days} width={width} scope={scope} />
        </svg>
      )}
    />
  )
}

function Drawing({ days, width, scope }: { readonly days: readonly ActivityDay[]; readonly width: number; readonly scope: string }) {
  const { viewer } = useSession()
  const navigate = useNavigate()
  const across = scaleBand({ domain: days.map(({ date }) => date), range: [0, width - LEFT - 8], padding: 0.25 })
  const most = Math.max(1, ...days.map(({ events }) => events))
  const up = scaleLinear({ domain: [0, most], range: [BARS, 0], nice: true })
  const open = (search: string) =>
    void navigate({ to: '/w/$workspace/events', params: { workspace: viewer.workspace.id }, search: { q: search } })
  return (
    <Group left={LEFT} top={TOP}>
      <AxisLeft
        scale={up}
        tickValues={up.ticks(3).filter(Number.isInteger)}
        hideAxisLine
        hideTicks
        label=""
        tickFormat={(value) => grouped(Number(value))}
        tickLabelProps={{ ...TICK, textAnchor: 'end', dx: -4, dy: 4 }}
      />
      <text x={-LEFT} y={BARS / 2 + 4} className="fill-ink-2 text-2xs">
        Events
      </text>
      {days.map((day) => (
        <Bar
          key={day.date}
          x={across(day.date) ?? 0}
          y={up(day.events)}
          width={across.bandwidth()}
          height={BARS - up(day.events)}
          className="cursor-pointer fill-accent/60 hover:fill-accent"
          data-tip={`${day.date}: ${countOf(day.events, true, 'event', 'events')}`}
          onClick={() => open(`${scope}occurred:${day.date}`)}
        />
      ))}
      {LANES.map((lane, index) => (
        <Group key={lane.name} top={BARS + 14 + index * LANE}>
          <text x={-LEFT} y={4} className="fill-ink-2 text-2xs">
            {lane.title}
          </text>
          <line x1={0} x2={width - LEFT - 8} className="stroke-line" strokeDasharray="1 3" />
          {days.map((day) =>
            day[lane.name] === 0 ? null : (
              // biome-ignore lint/a11y/noStaticElementInteractions: the table leads the keyboard to the same events.
              <circle
                key={day.date}
                cx={(across(day.date) ?? 0) + across.bandwidth() / 2}
                r={Math.min(3 + Math.sqrt(day[lane.name]), 8)}
                className={`cursor-pointer ${lane.look}`}
                data-tip={`${day.date}: ${grouped(day[lane.name])} ${lane.title.toLowerCase()}`}
                onClick={() => open(`${scope}type:${lane.type} occurred:${day.date}`)}
              />
            ),
          )}
        </Group>
      ))}
      <AxisBottom
        scale={across}
        top={BARS + 14 + LANES.length * LANE - 8}
        hideTicks
        stroke="var(--line)"
        tickValues={ticks(days, width)}
        tickFormat={(date) => String(date)}
        tickLabelProps={{ ...TICK, textAnchor: 'middle' }}
      />
    </Group>
  )
}

function ActivityTable({ days, scope }: { readonly days: readonly ActivityDay[]; readonly scope: string }) {
  const rows = days.filter(({ events }) => events > 0).toReversed()
  return (
    <SimpleTable
      label="Activity by day"
      rows={rows}
      keyOf={({ date }) => date}
      columns={[
        { title: 'Day (UTC)', cell: ({ date }) => <span className="tabular">{date}</span> },
        {
          title: 'Events',
          align: 'right',
          cell: (day) => (
            <RoomLink to="/events" search={`${scope}occurred:${day.date}`}>
              {grouped(day.events)}
            </RoomLink>
          ),
        },
        ...LANES.map((lane) => ({
          title: lane.title,
          align: 'right' as const,
          cell: (day: ActivityDay) =>
            day[lane.name] === 0 ? (
              <span className="text-ink-3">0</span>
            ) : (
              <RoomLink to="/events" search={`${scope}type:${lane.type} occurred:${day.date}`}>
                {grouped(day[lane.name])}
              </RoomLink>
            ),
        })),
        { title: 'Decisions', align: 'right' as const, wideOnly: true, cell: ({ decisions }: ActivityDay) => grouped(decisions) },
      ]}
    />
  )
}

const COLUMNS = (['date', 'events', 'deployments', 'incidents', 'violations', 'decisions'] as const).map((name) => ({
  title: name,
  text: (day: ActivityDay) => String(day[name]),
}))

/** As many dates as fit beside each other, the first and the last not cut off. */
function ticks(days: readonly ActivityDay[], width: number): string[] {
  const fit = Math.max(2, Math.floor((width - LEFT) / 130))
  const step = Math.max(1, Math.ceil(days.length / fit))
  return days.flatMap(({ date }, index) => (index % step === Math.floor(step / 2) ? [date] : []))
}

function describe(days: readonly ActivityDay[]): string {
  const sum = (name: keyof Omit<ActivityDay, 'date'>, one: string, many: string) =>
    countOf(
      days.reduce((total, day) => total + day[name], 0),
      true,
      one,
      many,
    )
  const counts = [
    sum('events', 'event', 'events'),
    sum('deployments', 'deployment', 'deployments'),
    sum('incidents', 'incident', 'incidents'),
    sum('violations', 'violation', 'violations'),
  ]
  const [first, last] = [days[0]?.date ?? '', days.at(-1)?.date ?? '']
  return `From ${first} to ${last}: ${counts.join(', ')}. The table has the days.`
}
