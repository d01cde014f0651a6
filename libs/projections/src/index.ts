export type { ActivityDay } from './activity/activity-queries.ts'
export type { ApprovalFilter, ApprovalNode } from './approvals/approval-queries.ts'
export { type AuditTrailOptions, openAuditTrail } from './audit-trail/open-audit-trail.ts'
export { purgeText, type TextPurge } from './audit-trail/purge-text.ts'
export type { ReadableEvent } from './audit-trail/readable-words.ts'
export { type OpenEvents, textProjection } from './audit-trail/text-projection.ts'
export { trailProjection } from './audit-trail/trail-projection.ts'
export * from './audit-trail/trail-query.ts'
export { asksForWords } from './audit-trail/words.ts'
export { compareView, type ViewComparison } from './compare/compare-view.ts'
export type { DatasetFilter, DatasetNode, DatasetVersionNode } from './datasets/dataset-queries.ts'
export type { IncidentFilter, IncidentNode } from './incidents/incident-queries.ts'
export type { DeployedModel } from './models/deployed-models.ts'
export type { ModelFilter, ModelNode, ModelVersionNode } from './models/model-queries.ts'
export type { Overview } from './overview/overview-queries.ts'
export { buildPast, type PastToBuild } from './past/build-past.ts'
export { OpenPasts } from './past/open-pasts.ts'
export type { Past } from './past/past-name.ts'
export { openSqliteReadModel, type SqliteReadModelOptions } from './read-model/open-sqlite-read-model.ts'
export { openViewsFile } from './read-model/open-views-file.ts'
export { type ReadModel, ReadModelUnavailable } from './read-model/read-model.ts'
export { openRegisters, type Registers } from './registers/open-registers.ts'
export type { NamedNumber, RegisterCount, RegisterPage } from './registers/register-page.ts'
export { registersProjection } from './registers/registers-projection.ts'
export {
  type ProjectionEnd,
  type ProjectionRun,
  type ProjectionStatus,
  type RunningProjection,
  runProjection,
} from './runner/run-projection.ts'
export type { DependencyNode, DocumentNode, SystemFilter, SystemNode, SystemSort } from './systems/system-queries.ts'
export type { ViolationFilter, ViolationNode } from './violations/violation-queries.ts'
