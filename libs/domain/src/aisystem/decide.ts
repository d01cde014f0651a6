import { ACCEPTED, contradicts, type Decision, type DecisionContext, type DecisionRefusal, refuses } from '../decider.ts'
import { type AisystemEvent, type AisystemState, acceptance, readinessKey, verdictKey } from './state.ts'

/** Observations are taken as they come, a second registration excepted; decisions need a registered system. */
export function decideAisystem(command: AisystemEvent, state: AisystemState, context: DecisionContext): Decision {
  switch (command.type) {
    case 'SystemRegistered':
      return state.status === 'unregistered'
        ? ACCEPTED
        : contradicts('AlreadyRegistered', `the system ${command.data.system} is registered already; ids are never given again`)
    case 'SystemRetired':
      return retire(command.data, state)
    case 'ReadinessItemSettled':
      return notInUse(state) ?? onlyNew(state.readiness.get(readinessKey(command.data)), command.data.outcome)
    case 'ObligationWaived':
      return waive(command.data, state, context)
    case 'EvidenceAccepted':
      return unregistered(state) ?? onlyNew(state.verdicts.get(verdictKey(command.data)), acceptance(command.data))
    case 'EvidenceRejected':
      return unregistered(state) ?? onlyNew(state.verdicts.get(verdictKey(command.data)), 'rejected')
    case 'SystemClassified':
    case 'DependencyDeclared':
    case 'DependencyRemoved':
    case 'RolloutPhaseEntered':
    case 'DocumentAttached':
    case 'RiskIdentified':
    case 'RiskAssessed':
    case 'RiskTreated':
    case 'OversightPlanned':
    case 'RightsImpactAssessed':
    case 'ConformityAssessed':
    case 'DeclarationIssued':
    case 'RegisteredInEuDatabase':
    case 'MonitoringPlanned':
    case 'MonitoringReported':
    case 'SystemChanged':
    case 'FeedbackRecorded':
    case 'AvailabilityMeasured':
    case 'RecoveryTested':
    case 'AgentActionTaken':
      return ACCEPTED
  }
}

type DataOf<Name extends AisystemEvent['type']> = Extract<AisystemEvent, { type: Name }>['data']

function retire({ system, replacedBy }: DataOf<'SystemRetired'>, state: AisystemState): Decision {
  const refusal = notInUse(state)
  if (refusal !== null) return refusal
  return replacedBy === system ? refuses('ReplacedByItself', 'a system cannot take its own place') : ACCEPTED
}

function waive({ obligation, until }: DataOf<'ObligationWaived'>, state: AisystemState, { at }: DecisionContext): Decision {
  const refusal = notInUse(state)
  if (refusal !== null) return refusal
  if (until < at.slice(0, 10)) return refuses('InThePast', `a waiver until ${until} would be over already`)
  return onlyNew(state.waivers.get(obligation), until)
}

/** A decision that changes nothing is refused, so that the same one twice is there once. */
function onlyNew(settled: string | undefined, wanted: string): Decision {
  return settled === wanted ? refuses('NothingNew', `that was decided before: ${wanted}`) : ACCEPTED
}

function unregistered(state: AisystemState): DecisionRefusal | null {
  return state.status === 'unregistered' ? refuses('NotRegistered', 'there is no such system: it must be registered first') : null
}

function notInUse(state: AisystemState): DecisionRefusal | null {
  return state.status === 'retired' ? refuses('Retired', 'the system is retired') : unregistered(state)
}
