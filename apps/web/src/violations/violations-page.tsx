import { useMemo } from 'react'
import { EventOpen } from '../audit-trail/event-open.tsx'
import { DecisionButton } from '../decisions/decision-button.tsx'
import { resolveDecision } from '../decisions/other-decisions.ts'
import { words as inWords } from '../format/words.ts'
import type { FilterKey } from '../register/filter-line.ts'
import type { RegisterColumn } from '../register/register.ts'
import { RegisterPage } from '../register/register-page.tsx'
import { useRegister } from '../register/use-register.ts'
import { type RegisterView, useRegisterView } from '../register/use-register-view.ts'
import { may } from '../session/may.ts'
import { useSession } from '../session/use-session.ts'
import { NamedThing } from '../things/named-thing.tsx'
import { INCIDENT_TABS, RoomTabs } from '../things/room-tabs.tsx'
import { ViolationMark } from '../things/statuses.tsx'
import { ThingLink } from '../things/thing-link.tsx'
import { Instant } from '../ui/instant.tsx'
import { Nothing } from '../ui/section.tsx'
import { type Violation, violationsQuery } from './violations-documents.ts'

const KEYS: readonly FilterKey[] = [
  {
    key: 'state',
    title: 'State',
    values: [
      { value: 'open', title: 'Open' },
      { value: 'resolved', title: 'Resolved' },
    ],
  },
  { key: 'rule', title: 'Rule' },
  { key: 'system', title: 'System' },
]

const columns: readonly RegisterColumn<Violation>[] = [
  {
    id: 'rule',
    title: 'Rule',
    width: null,
    from: 'always',
    cell: ({ rule, event }) => (
      <EventOpen event={event} className="font-medium hover:underline">
        {inWords(rule)}
      </EventOpen>
    ),
    text: ({ rule }) => rule,
  },
  {
    id: 'subject',
    title: 'Broken by',
    width: 248,
    from: 'always',
    cell: ({ subject, subjectName }) => <NamedThing reference={subject} name={subjectName} />,
    text: ({ subject }) => subject,
  },
  {
    id: 'system',
    title: 'System',
    width: 200,
    from: 'middle',
    cell: ({ system, systemName }) => system && <ThingLink reference={`aisystem:${system}`}>{systemName ?? system}</ThingLink>,
    text: ({ system }) => system ?? '',
  },
  {
    id: 'status',
    title: 'Status',
    width: 112,
    from: 'always',
    cell: ({ resolvedAt }) => <ViolationMark resolvedAt={resolvedAt} quiet />,
    text: ({ resolvedAt }) => (resolvedAt === null ? 'open' : 'resolved'),
  },
  {
    id: 'recorded',
    title: 'Recorded',
    width: 168,
    from: 'middle',
    cell: ({ recordedAt }) => <Instant at={recordedAt} />,
    text: ({ recordedAt }) => recordedAt,
  },
  {
    id: 'cause',
    title: 'Cause',
    width: 104,
    from: 'middle',
    cell: ({ cause }) => (
      <EventOpen event={cause} tip="What broke the rule">
        The event
      </EventOpen>
    ),
    text: ({ cause }) => cause,
  },
  { id: 'resolve', title: 'Decide', width: 112, from: 'always', cell: (row) => <Resolve row={row} />, text: () => '' },
  { id: 'reason', title: 'Resolution', width: 240, from: 'asked', cell: ({ reason }) => reason, text: ({ reason }) => reason ?? '' },
]

/** Rules that were broken, and what became of it. */
export function ViolationsPage() {
  const { viewer } = useSession()
  const resolves = may(viewer, 'resolve-violation')
  const shown = useMemo(() => columns.filter(({ id }) => resolves || id !== 'resolve'), [resolves])
  const view = useRegisterView({ name: 'violations', columns: shown, keys: KEYS })
  const { pages, all } = useRegister(violationsQuery, { first: 100, filter: filterOf(view) }, ({ violations }) => violations)
  return (
    <RegisterPage
      title="Violations"
      one="violation"
      many="violations"
      tabs={<RoomTabs label="Incidents and violations" tabs={INCIDENT_TABS} />}
      columns={shown}
      view={view}
      pages={pages}
      all={all}
      target={({ event }) => ({ event })}
      card={(row) => (
        <>
          <div className="flex items-center gap-2 text-sm">
            <h2 className="min-w-0 flex-1 font-medium">
              <EventOpen event={row.event} className="after:absolute after:inset-0">
                {inWords(row.rule)}
              </EventOpen>
            </h2>
            <ViolationMark resolvedAt={row.resolvedAt} />
          </div>
          <div className="relative mt-1.5 flex flex-wrap items-center gap-3 text-xs">
            <NamedThing reference={row.subject} name={row.subjectName} />
            <Instant at={row.recordedAt} />
            <Resolve row={row} />
          </div>
        </>
      )}
      empty={
        <Nothing title="No rule was broken, as far as the record says.">
          A deployment without an approval in force, for example, is recorded as a violation by itself.
        </Nothing>
      }
    />
  )
}

function Resolve({ row }: { readonly row: Violation }) {
  const { viewer } = useSession()
  if (row.resolvedAt !== null || !may(viewer, 'resolve-violation')) return null
  return (
    <DecisionButton look="quiet" decision={() => resolveDecision(row.id)}>
      Resolve
    </DecisionButton>
  )
}

function filterOf({ filter: { values, words } }: RegisterView) {
  return {
    ...(values.state && { open: values.state === 'open' }),
    ...(values.rule && { rule: values.rule }),
    ...(words !== '' && { search: words }),
    ...(values.system && { system: values.system }),
  }
}
