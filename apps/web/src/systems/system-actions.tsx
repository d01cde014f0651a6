import { requestDecision } from '../decisions/approval-decisions.ts'
import { DecisionButton } from '../decisions/decision-button.tsx'
import { reportDecision } from '../decisions/incident-decisions.ts'
import { retireDecision } from '../decisions/other-decisions.ts'
import { may } from '../session/may.ts'
import { useSession } from '../session/use-session.ts'
import type { System } from './systems-documents.ts'

/** What the reader's role may do with the system. */
export function SystemActions({ system: { id, retiredAt } }: { readonly system: System }) {
  const { viewer, now } = useSession()
  return (
    <>
      {may(viewer, 'approvals') && retiredAt === null && (
        <DecisionButton decision={() => requestDecision({ subject: `aisystem:${id}`, systems: [id], now: now() })}>
          Request approval
        </DecisionButton>
      )}
      {may(viewer, 'report-incident') && <DecisionButton decision={() => reportDecision([id], now())}>Report an incident</DecisionButton>}
      {may(viewer, 'retire') && retiredAt === null && (
        <DecisionButton look="quiet" decision={() => retireDecision('system', id)}>
          Retire
        </DecisionButton>
      )}
    </>
  )
}
