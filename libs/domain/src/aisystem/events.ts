import { oversightPlanned, rightsImpactAssessed, riskAssessed, riskIdentified, riskTreated } from './assessment-events.ts'
import {
  conformityAssessed,
  declarationIssued,
  evidenceAccepted,
  evidenceRejected,
  monitoringPlanned,
  monitoringReported,
  obligationWaived,
  readinessItemSettled,
  registeredInEuDatabase,
} from './conformity-events.ts'
import {
  dependencyDeclared,
  dependencyRemoved,
  documentAttached,
  rolloutPhaseEntered,
  systemChanged,
  systemClassified,
  systemRegistered,
  systemRetired,
} from './inventory-events.ts'
import { agentActionTaken, availabilityMeasured, feedbackRecorded, recoveryTested } from './operation-events.ts'

/** What is recorded about an AI system. */
export const aisystemEvents = [
  systemRegistered,
  systemClassified,
  dependencyDeclared,
  dependencyRemoved,
  rolloutPhaseEntered,
  documentAttached,
  riskIdentified,
  riskAssessed,
  riskTreated,
  oversightPlanned,
  rightsImpactAssessed,
  conformityAssessed,
  declarationIssued,
  registeredInEuDatabase,
  monitoringPlanned,
  monitoringReported,
  readinessItemSettled,
  systemChanged,
  obligationWaived,
  evidenceAccepted,
  evidenceRejected,
  feedbackRecorded,
  availabilityMeasured,
  recoveryTested,
  agentActionTaken,
  systemRetired,
] as const
