import { countOf, grouped } from '../format/numbers.ts'
import type { FilterKey } from '../register/filter-line.ts'
import type { RegisterColumn } from '../register/register.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { choicesOf, ORGANISATION_ROLES, PHASES, RISK_CLASSES, titleOf } from '../things/vocabulary.ts'
import { classes } from '../ui/classes.ts'
import { Instant } from '../ui/instant.tsx'
import { Status } from '../ui/status.tsx'
import type { SystemRow } from './systems-documents.ts'

export const SYSTEM_KEYS: readonly FilterKey[] = [
  { key: 'unit', title: 'Business unit' },
  { key: 'risk', title: 'Risk class', values: choicesOf([...RISK_CLASSES, 'unclassified']) },
  { key: 'role', title: 'Our role', values: choicesOf(ORGANISATION_ROLES) },
  { key: 'phase', title: 'Phase', values: choicesOf(PHASES) },
  { key: 'owner', title: 'Owner' },
  {
    key: 'issue',
    title: 'Issue',
    values: [
      { value: 'incident', title: 'Open incident' },
      { value: 'violation', title: 'Open violation' },
    ],
  },
  {
    key: 'state',
    title: 'State',
    values: [
      { value: 'active', title: 'In the inventory' },
      { value: 'retired', title: 'Retired' },
    ],
  },
]

export const systemColumns: readonly RegisterColumn<SystemRow>[] = [
  {
    id: 'name',
    title: 'System',
    width: null,
    sort: { by: 'name', direction: 'ascending' },
    from: 'always',
    cell: (row) => <SystemName row={row} />,
    text: ({ name, id }) => name ?? id,
  },
  {
    id: 'unit',
    title: 'Business unit',
    width: 168,
    from: 'middle',
    cell: ({ businessUnit }) => businessUnit,
    text: ({ businessUnit }) => businessUnit ?? '',
  },
  {
    id: 'risk',
    title: 'Risk class',
    width: 160,
    from: 'always',
    cell: ({ riskClass }) => <RiskClass id={riskClass} />,
    text: ({ riskClass }) => riskClass ?? '',
  },
  {
    id: 'phase',
    title: 'Phase',
    width: 136,
    from: 'middle',
    cell: ({ phase }) => phase && titleOf(phase),
    text: ({ phase }) => phase ?? '',
  },
  {
    id: 'issues',
    title: 'Open issues',
    width: 200,
    sort: { by: 'issues', direction: 'descending' },
    from: 'always',
    cell: (row) => <Issues row={row} />,
    text: (row) => issuesOf(row).join('; '),
  },
  { id: 'owner', title: 'Owner', width: 152, from: 'wide', cell: ({ owner }) => owner, text: ({ owner }) => owner ?? '' },
  {
    id: 'last',
    title: 'Last event',
    width: 164,
    sort: { by: 'last', direction: 'descending' },
    from: 'wide',
    cell: ({ lastEventAt }) => lastEventAt && <Instant at={lastEventAt} />,
    text: ({ lastEventAt }) => lastEventAt ?? '',
  },
  { id: 'role', title: 'Our role', width: 136, from: 'asked', cell: ({ role }) => role && titleOf(role), text: ({ role }) => role ?? '' },
  { id: 'region', title: 'Region', width: 88, from: 'asked', cell: ({ region }) => region, text: ({ region }) => region ?? '' },
  {
    id: 'tier',
    title: 'Tier',
    width: 96,
    from: 'asked',
    cell: ({ serviceTier }) => serviceTier && titleOf(serviceTier),
    text: ({ serviceTier }) => serviceTier ?? '',
  },
  {
    id: 'events',
    title: 'Events',
    width: 88,
    from: 'asked',
    align: 'right',
    cell: ({ id, events }) => (
      <RoomLink to="/events" search={`about:aisystem:${id}`}>
        {grouped(events)}
      </RoomLink>
    ),
    text: ({ events }) => String(events),
  },
  {
    id: 'registered',
    title: 'Registered',
    width: 168,
    from: 'asked',
    cell: ({ registeredAt }) => <Instant at={registeredAt} />,
    text: ({ registeredAt }) => registeredAt,
  },
  {
    id: 'id',
    title: 'Id',
    width: 168,
    from: 'asked',
    cell: ({ id }) => <span className="font-mono text-xs">{id}</span>,
    text: ({ id }) => id,
  },
]

function SystemName({ row }: { readonly row: SystemRow }) {
  return (
    <span className="flex items-center gap-2">
      <RoomLink
        to={`/systems/${encodeURIComponent(row.id)}`}
        className={classes('truncate font-medium hover:underline', row.retiredAt && 'text-ink-3')}
      >
        {row.name ?? row.id}
      </RoomLink>
      {row.retiredAt !== null && <Status tone="none" word="Retired" quiet />}
    </span>
  )
}

export function RiskClass({ id }: { readonly id: string | null }) {
  return id === null ? <Status tone="not-yet" word="Not classified" quiet /> : <span>{titleOf(id)}</span>
}

/** What is open about a system; each leads to its list. */
export function Issues({ row }: { readonly row: SystemRow }) {
  const { id, openIncidents, openViolations, driftAlerts, pendingApprovals } = row
  const system = `system:${id}`
  return (
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <Issue count={openViolations} one="violation" tone="missing" to="/violations" search={`state:open ${system}`} />
      <Issue count={openIncidents} one="incident" tone="missing" to="/incidents" search={`state:open ${system}`} />
      <Issue count={driftAlerts} one="drift" tone="stale" to="/models" search={`drift:open ${system}`} />
      <Issue count={pendingApprovals} one="approval" tone="not-yet" to="/approvals" search={`status:pending ${system}`} />
      {issuesOf(row).length === 0 && <span className="text-xs text-ink-3">None</span>}
    </span>
  )
}

interface IssueProps {
  readonly count: number
  readonly one: string
  readonly tone: 'missing' | 'stale' | 'not-yet'
  readonly to: string
  readonly search: string
}

function Issue({ count, one, tone, to, search }: IssueProps) {
  if (count === 0) return null
  return (
    <RoomLink to={to} search={search} className="rounded hover:underline">
      <Status tone={tone} word={countOf(count, true, one, one === 'drift' ? one : `${one}s`)} quiet />
    </RoomLink>
  )
}

/** The same in words, as the list has them. */
export function issuesOf({ openIncidents, openViolations, driftAlerts, pendingApprovals }: SystemRow): string[] {
  const counts = [
    [openViolations, 'violation', 'violations'],
    [openIncidents, 'incident', 'incidents'],
    [driftAlerts, 'drift', 'drift'],
    [pendingApprovals, 'approval', 'approvals'],
  ] as const
  return counts.flatMap(([count, one, many]) => (count === 0 ? [] : [countOf(count, true, one, many)]))
}
