import { approvalInForce, approvedThings, evolveApprovals, noApprovals, type ThingApprovals } from '../approval/in-force.ts'
import { correctedFact } from '../correction/corrected-fact.ts'
import { type RecordedFact, referenceOf } from '../recorded-fact.ts'
import { isProduction } from './production-environments.ts'
import type { CausedEvent, Reaction, Step } from './reaction.ts'

const RULE = 'deployed-without-approval'
/** Of so many deployments of a version that broke no rule it is known when they occurred, should one be corrected. */
const MOST_DEPLOYMENTS = 100

interface VersionApprovals extends ThingApprovals {
  /** The last deployments, by reference; absent in states of before they were kept. */
  readonly deployments?: readonly KnownDeployment[]
}

interface KnownDeployment {
  readonly event: string
  readonly occurredAt: string
  readonly violates: boolean
}

/** A deployment as it is told of, at first or by a correction. */
interface ToldDeployment {
  readonly event: string
  readonly data: RecordedFact['data']
}

/** A model version that goes to production needs an approval of exactly this version, in force when it was deployed. */
export const deployedWithoutApproval: Reaction<VersionApprovals> = {
  rule: RULE,
  description: 'A model version was deployed to production without an approval in force for exactly that version.',
  clause: 'https://eur-lex.europa.eu/eli/reg/2024/1689/oj#art_17',
  follows: new Set([
    'VersionDeployed',
    'ApprovalRequested',
    'ApprovalGranted',
    'ApprovalRefused',
    'ApprovalWithdrawn',
    'ModelVersionRegistered',
    'EventCorrected',
  ]),
  begin: noApprovals,
  things: (event) => {
    const told = toldDeployment(event)
    return told === null ? approvedThings(event).filter((thing) => /^model:.+@/.test(thing)) : [deployedVersion(told)]
  },
  on: (event, state) => {
    const told = toldDeployment(event)
    return told === null ? { state: { ...state, ...evolveApprovals(state, event) } } : deployed(told, event, state)
  },
}

function toldDeployment(event: RecordedFact): ToldDeployment | null {
  if (event.type === 'VersionDeployed') return { event: referenceOf(event), data: event.data }
  const corrected = correctedFact(event)
  return corrected?.type === 'VersionDeployed' ? corrected : null
}

function deployedVersion({ data }: ToldDeployment): string {
  return `model:${data.model}@${data.version}`
}

/** A correction is judged at the instant of the deployment, if that is known of this version, and breaks the rule only once. */
function deployed(told: ToldDeployment, event: RecordedFact, state: VersionApprovals): Step<VersionApprovals> {
  const known = state.deployments?.find((deployment) => deployment.event === told.event)
  const occurredAt = known?.occurredAt ?? event.occurredAt
  const violates = isProduction(String(told.data.environment)) && approvalInForce(state, occurredAt) === null
  const others = (state.deployments ?? []).filter((deployment) => deployment !== known)
  const kept = { event: told.event, occurredAt, violates: violates || known?.violates === true }
  return {
    state: { ...state, deployments: [...others, kept].slice(-MOST_DEPLOYMENTS) },
    followUps: violates && known?.violates !== true ? [violation(told, event)] : [],
  }
}

function violation(told: ToldDeployment, event: RecordedFact): CausedEvent {
  const { systems } = told.data
  return {
    type: 'ViolationRecorded',
    data: {
      violation: `${RULE}-${event.id}`,
      rule: RULE,
      subject: deployedVersion(told),
      event: told.event,
      ...(Array.isArray(systems) && { systems }),
    },
    occurredAt: event.occurredAt,
    causationId: referenceOf(event),
  }
}
