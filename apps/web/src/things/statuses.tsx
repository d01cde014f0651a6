import { localSecond } from '../format/instants.ts'
import { Status, type StatusTone } from '../ui/status.tsx'
import { whyNotInForce } from './vocabulary.ts'

type Marks = Readonly<Record<string, { readonly tone: StatusTone; readonly word: string } | undefined>>

const APPROVAL: Marks = {
  PENDING: { tone: 'not-yet', word: 'Pending' },
  GRANTED: { tone: 'met', word: 'In force' },
  REFUSED: { tone: 'missing', word: 'Refused' },
  WITHDRAWN: { tone: 'none', word: 'Withdrawn' },
  EXPIRED: { tone: 'stale', word: 'Expired' },
  LAPSED: { tone: 'stale', word: 'Lapsed' },
}

const INCIDENT: Marks = {
  REPORTED: { tone: 'missing', word: 'Reported' },
  TRIAGED: { tone: 'not-yet', word: 'Triaged' },
  CONTAINED: { tone: 'partly', word: 'Contained' },
  CLOSED: { tone: 'met', word: 'Closed' },
}

const CONCERNED: Marks = {
  IMPLICATED: { tone: 'missing', word: 'Concerned' },
  CONTAINED: { tone: 'partly', word: 'Contained' },
  CORRECTED: { tone: 'met', word: 'Corrected' },
  CLEARED: { tone: 'none', word: 'Not concerned' },
}

interface MarkProps {
  readonly quiet?: boolean
}

/** Granted is green only while it is in force. */
export function ApprovalMark({
  status,
  inForce,
  because,
  quiet = false,
}: MarkProps & { readonly status: string; readonly inForce: boolean; readonly because?: string | null }) {
  const tip = because ? whyNotInForce(because) : undefined
  if (status === 'GRANTED' && !inForce) return <Status tone="stale" word="Not in force" tip={tip} quiet={quiet} />
  return <Mark of={APPROVAL[status]} status={status} quiet={quiet} tip={tip} />
}

export function IncidentMark({ status, quiet = false }: MarkProps & { readonly status: string }) {
  return <Mark of={INCIDENT[status]} status={status} quiet={quiet} />
}

export function ConcernedMark({ state, quiet = false }: MarkProps & { readonly state: string }) {
  return <Mark of={CONCERNED[state]} status={state} quiet={quiet} />
}

export function ViolationMark({ resolvedAt, quiet = false }: MarkProps & { readonly resolvedAt: string | null }) {
  return resolvedAt === null ? (
    <Status tone="missing" word="Open" quiet={quiet} />
  ) : (
    <Status tone="met" word="Resolved" quiet={quiet} tip={localSecond(resolvedAt)} />
  )
}

export function SeverityMark({ severity, quiet = false }: MarkProps & { readonly severity: string }) {
  const tone: StatusTone = severity === 'critical' || severity === 'high' ? 'missing' : severity === 'medium' ? 'stale' : 'none'
  return <Status tone={tone} word={`${severity.charAt(0).toUpperCase()}${severity.slice(1)}`} quiet={quiet} />
}

/** A legal clock: met, running, or overdue. */
export function DeadlineMark({ metAt, overdue, quiet = false }: MarkProps & { readonly metAt: string | null; readonly overdue: boolean }) {
  if (metAt !== null)
    return overdue ? <Status tone="stale" word="Met late" quiet={quiet} /> : <Status tone="met" word="Met" quiet={quiet} />
  return overdue ? <Status tone="missing" word="Overdue" quiet={quiet} /> : <Status tone="not-yet" word="Running" quiet={quiet} />
}

function Mark({
  of,
  status,
  quiet,
  tip,
}: {
  readonly of: Marks[string]
  readonly status: string
  readonly quiet: boolean
  readonly tip?: string | undefined
}) {
  return <Status tone={of?.tone ?? 'none'} word={of?.word ?? status} quiet={quiet} tip={tip} />
}
