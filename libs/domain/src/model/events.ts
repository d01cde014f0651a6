import {
  biasAudited,
  challengerCompared,
  explainabilityAnalysed,
  groundednessMeasured,
  modelEvaluated,
  robustnessTested,
  securityScanned,
} from './evaluation-events.ts'
import {
  driftDetected,
  driftResolved,
  modelRetrained,
  retrainingTriggered,
  stageEntered,
  stageGatePassed,
  stageGateRefused,
  thresholdSet,
  versionDeployed,
  versionRolledBack,
} from './lifecycle-events.ts'
import { experimentLogged, modelCardPublished, modelRegistered, modelRetired, modelVersionRegistered } from './registration-events.ts'

/** What is recorded about a model and its versions. */
export const modelEvents = [
  modelRegistered,
  modelVersionRegistered,
  modelEvaluated,
  biasAudited,
  explainabilityAnalysed,
  robustnessTested,
  securityScanned,
  modelCardPublished,
  thresholdSet,
  experimentLogged,
  stageEntered,
  stageGatePassed,
  stageGateRefused,
  versionDeployed,
  versionRolledBack,
  driftDetected,
  driftResolved,
  groundednessMeasured,
  retrainingTriggered,
  modelRetrained,
  challengerCompared,
  modelRetired,
] as const
