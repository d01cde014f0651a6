import { useMemo } from 'react'
import { requestDecision } from '../decisions/approval-decisions.ts'
import { DecisionButton } from '../decisions/decision-button.tsx'
import { words } from '../format/words.ts'
import type { FilterKey } from '../register/filter-line.ts'
import type { RegisterColumn } from '../register/register.ts'
import { RegisterPage } from '../register/register-page.tsx'
import { useRegister } from '../register/use-register.ts'
import { type RegisterView, useRegisterView } from '../register/use-register-view.ts'
import { may } from '../session/may.ts'
import { useSession } from '../session/use-session.ts'
import { ThingName } from '../things/named-thing.tsx'
import { PersonName } from '../things/person-name.tsx'
import { ApprovalMark } from '../things/statuses.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { Instant } from '../ui/instant.tsx'
import { Nothing } from '../ui/section.tsx'
import { Status } from '../ui/status.tsx'
import { type Approval, approvalsQuery } from './approvals-documents.ts'

const STATUSES = {
  pending: { status: 'PENDING', title: 'Pending' },
  granted: { status: 'GRANTED', title: 'Granted' },
  refused: { status: 'REFUSED', title: 'Refused' },
  withdrawn: { status: 'WITHDRAWN', title: 'Withdrawn' },
  expired: { status: 'EXPIRED', title: 'Expired' },
  lapsed: { status: 'LAPSED', title: 'Lapsed' },
} as const

const KEYS: readonly FilterKey[] = [
  { key: 'for', title: 'Waiting for', values: [{ value: 'me', title: 'My decision' }] },
  { key: 'status', title: 'Status', values: Object.entries(STATUSES).map(([value, { title }]) => ({ value, title })) },
  { key: 'system', title: 'System' },
  { key: 'subject', title: 'Approval of' },
]

const columns: readonly RegisterColumn<Approval>[] = [
  {
    id: 'subject',
    title: 'Approval of',
    width: null,
    from: 'always',
    cell: ({ id, subject, subjectName }) => (
      <RoomLink to={`/approvals/${encodeURIComponent(id)}`} className="truncate font-medium hover:underline">
        <ThingName reference={subject} name={subjectName} />
      </RoomLink>
    ),
    text: ({ subject }) => subject,
  },
  {
    id: 'status',
    title: 'Status',
    width: 136,
    from: 'always',
    cell: ({ status, inForce, notInForceBecause }) => <ApprovalMark status={status} inForce={inForce} because={notInForceBecause} quiet />,
    text: ({ status }) => status,
  },
  {
    id: 'you',
    title: 'You',
    width: 136,
    from: 'always',
    cell: ({ mayDecide }) => mayDecide && <Status tone="not-yet" word="May decide" quiet />,
    text: ({ mayDecide }) => (mayDecide ? 'may decide' : ''),
  },
  { id: 'gate', title: 'Gate', width: 120, from: 'middle', cell: ({ gate }) => gate && words(gate), text: ({ gate }) => gate ?? '' },
  {
    id: 'votes',
    title: 'Given',
    width: 80,
    from: 'middle',
    cell: ({ given, quorum }) => (
      <span className="tabular">
        {given.length} of {quorum}
      </span>
    ),
    text: ({ given, quorum }) => `${given.length} of ${quorum}`,
  },
  {
    id: 'by',
    title: 'Requested by',
    width: 168,
    from: 'wide',
    cell: ({ requestedBy }) => <PersonName actor={requestedBy} />,
    text: ({ requestedBy }) => requestedBy.id,
  },
  {
    id: 'requested',
    title: 'Requested',
    width: 168,
    from: 'middle',
    cell: ({ requestedAt }) => <Instant at={requestedAt} />,
    text: ({ requestedAt }) => requestedAt,
  },
  {
    id: 'until',
    title: 'Until',
    width: 168,
    from: 'wide',
    cell: ({ expiresAt }) => <Instant at={expiresAt} />,
    text: ({ expiresAt }) => expiresAt,
  },
  {
    id: 'systems',
    title: 'Systems',
    width: 208,
    from: 'asked',
    cell: ({ systems }) => systems.join(', '),
    text: ({ systems }) => systems.join(' '),
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

/** The inbox: what waits for a decision, and what was decided. */
export function ApprovalsPage() {
  const { viewer, now } = useSession()
  const decides = may(viewer, 'approvals')
  const shown = useMemo(() => columns.filter(({ id }) => decides || id !== 'you'), [decides])
  const view = useRegisterView({ name: 'approvals', columns: shown, keys: KEYS })
  const { pages, all } = useRegister(approvalsQuery, { first: 100, filter: filterOf(view) }, ({ approvals }) => approvals)
  return (
    <RegisterPage
      title="Approvals"
      one="approval"
      many="approvals"
      actions={
        decides && (
          <DecisionButton look="primary" decision={() => requestDecision({ subject: '', systems: [], now: now() })}>
            Request approval
          </DecisionButton>
        )
      }
      columns={shown}
      view={view}
      pages={pages}
      all={all}
      target={({ id }) => ({ path: `/w/${viewer.workspace.id}/approvals/${encodeURIComponent(id)}` })}
      card={(row) => <ApprovalCard row={row} />}
      empty={
        <Nothing title="Nothing was ever put up for approval.">
          Ask for the approval of a model version or a system: the people you name decide, and what they decide is recorded for good.
        </Nothing>
      }
    />
  )
}

function ApprovalCard({ row }: { readonly row: Approval }) {
  return (
    <>
      <div className="flex items-center gap-2 text-sm">
        <h2 className="min-w-0 flex-1 truncate font-medium">
          <RoomLink to={`/approvals/${encodeURIComponent(row.id)}`} className="after:absolute after:inset-0">
            {row.subjectName ?? row.subject}
          </RoomLink>
        </h2>
        <ApprovalMark status={row.status} inForce={row.inForce} because={row.notInForceBecause} />
      </div>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
        {row.mayDecide && <Status tone="not-yet" word="You may decide" quiet />}
        <span className="tabular">
          {row.given.length} of {row.quorum} given
        </span>
        <Instant at={row.requestedAt} />
      </p>
    </>
  )
}

function filterOf({ filter: { values, words } }: RegisterView) {
  const status = Object.entries(STATUSES).find(([value]) => value === values.status)?.[1].status
  return {
    ...(status !== undefined && { status: [status] }),
    ...(values.for === 'me' && { mine: true }),
    ...(values.system && { system: values.system }),
    ...(values.subject && { subject: values.subject }),
    ...(words !== '' && { search: words }),
  }
}
