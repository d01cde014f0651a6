import { DecisionButton } from '../decisions/decision-button.tsx'
import { reportDecision } from '../decisions/incident-decisions.ts'
import type { FilterKey } from '../register/filter-line.ts'
import type { RegisterColumn } from '../register/register.ts'
import { RegisterPage } from '../register/register-page.tsx'
import { useRegister } from '../register/use-register.ts'
import { type RegisterView, useRegisterView } from '../register/use-register-view.ts'
import { may } from '../session/may.ts'
import { useSession } from '../session/use-session.ts'
import { INCIDENT_TABS, RoomTabs } from '../things/room-tabs.tsx'
import { IncidentMark, SeverityMark } from '../things/statuses.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { choicesOf, INCIDENT_CATEGORIES, SEVERITIES, titleOf } from '../things/vocabulary.ts'
import { Instant } from '../ui/instant.tsx'
import { Nothing } from '../ui/section.tsx'
import { type IncidentRow, incidentsQuery } from './incidents-documents.ts'
import { NextClock, nextDeadline } from './next-clock.tsx'

const KEYS: readonly FilterKey[] = [
  {
    key: 'state',
    title: 'State',
    values: [
      { value: 'open', title: 'Open' },
      { value: 'closed', title: 'Closed' },
    ],
  },
  { key: 'clock', title: 'Clock', values: [{ value: 'overdue', title: 'Overdue' }] },
  { key: 'severity', title: 'Severity', values: choicesOf(SEVERITIES) },
  { key: 'category', title: 'Category', values: choicesOf(INCIDENT_CATEGORIES) },
  { key: 'system', title: 'System' },
]

const columns: readonly RegisterColumn<IncidentRow>[] = [
  {
    id: 'title',
    title: 'Incident',
    width: null,
    from: 'always',
    cell: ({ id, title }) => (
      <RoomLink to={`/incidents/${encodeURIComponent(id)}`} className="truncate font-medium hover:underline">
        {title ?? id}
      </RoomLink>
    ),
    text: ({ title, id }) => title ?? id,
  },
  {
    id: 'severity',
    title: 'Severity',
    width: 104,
    from: 'always',
    cell: ({ severity }) => <SeverityMark severity={severity} quiet />,
    text: ({ severity }) => severity,
  },
  {
    id: 'status',
    title: 'Status',
    width: 112,
    from: 'always',
    cell: ({ status }) => <IncidentMark status={status} quiet />,
    text: ({ status }) => status,
  },
  {
    id: 'clock',
    title: 'Next clock',
    width: 232,
    from: 'middle',
    cell: (row) => <NextClock deadlines={row.deadlines} />,
    text: ({ deadlines }) => nextDeadline(deadlines)?.due ?? '',
  },
  {
    id: 'systems',
    title: 'Systems',
    width: 200,
    from: 'wide',
    cell: ({ systems }) => systems.map(({ name, system }) => name ?? system).join(', '),
    text: ({ systems }) => systems.map(({ system }) => system).join(' '),
  },
  {
    id: 'aware',
    title: 'Aware',
    width: 168,
    from: 'middle',
    cell: ({ awareAt }) => <Instant at={awareAt} />,
    text: ({ awareAt }) => awareAt,
  },
  {
    id: 'category',
    title: 'Category',
    width: 240,
    from: 'asked',
    cell: ({ category }) => titleOf(category),
    text: ({ category }) => category,
  },
  {
    id: 'id',
    title: 'Id',
    width: 176,
    from: 'asked',
    cell: ({ id }) => <span className="font-mono text-xs">{id}</span>,
    text: ({ id }) => id,
  },
]

/** Incidents, with the clocks of the law that run for them. */
export function IncidentsPage() {
  const { viewer, now } = useSession()
  const view = useRegisterView({ name: 'incidents', columns, keys: KEYS, found: 'a part of the id' })
  const { pages, all } = useRegister(incidentsQuery, { first: 100, filter: filterOf(view) }, ({ incidents }) => incidents)
  return (
    <RegisterPage
      title="Incidents"
      one="incident"
      many="incidents"
      tabs={<RoomTabs label="Incidents and violations" tabs={INCIDENT_TABS} />}
      actions={
        may(viewer, 'report-incident') && (
          <DecisionButton look="primary" decision={() => reportDecision([], now())}>
            Report an incident
          </DecisionButton>
        )
      }
      columns={columns}
      view={view}
      pages={pages}
      all={all}
      target={({ id }) => ({ path: `/w/${viewer.workspace.id}/incidents/${encodeURIComponent(id)}` })}
      card={(row) => <IncidentCard row={row} />}
      empty={
        <Nothing title="No incident was ever reported.">
          Report one as soon as somebody becomes aware of it: the clocks of the law run from then (Art. 73 AI Act).
        </Nothing>
      }
    />
  )
}

function IncidentCard({ row }: { readonly row: IncidentRow }) {
  return (
    <>
      <h2 className="text-sm font-medium">
        <RoomLink to={`/incidents/${encodeURIComponent(row.id)}`} className="line-clamp-2 after:absolute after:inset-0">
          {row.title ?? row.id}
        </RoomLink>
      </h2>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
        <IncidentMark status={row.status} />
        <SeverityMark severity={row.severity} quiet />
        <NextClock deadlines={row.deadlines} />
      </p>
    </>
  )
}

function filterOf({ filter: { values, words } }: RegisterView) {
  return {
    ...(words !== '' && { search: words }),
    ...(values.state && { open: values.state === 'open' }),
    ...(values.clock && { overdue: true }),
    ...(values.severity && { severity: values.severity }),
    ...(values.category && { category: values.category }),
    ...(values.system && { system: values.system }),
  }
}
