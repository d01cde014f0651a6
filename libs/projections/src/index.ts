export { type AuditTrailOptions, openAuditTrail } from './audit-trail/open-audit-trail.ts'
export { purgeText, type TextPurge } from './audit-trail/purge-text.ts'
export type { ReadableEvent } from './audit-trail/readable-words.ts'
export { type OpenEvents, textProjection } from './audit-trail/text-projection.ts'
export { trailProjection } from './audit-trail/trail-projection.ts'
export * from './audit-trail/trail-query.ts'
export { openSqliteReadModel, type SqliteReadModelOptions } from './read-model/open-sqlite-read-model.ts'
export { type ReadModel, ReadModelUnavailable } from './read-model/read-model.ts'
export { eventsBehind } from './runner/events-behind.ts'
export { LagHistogram } from './runner/lag-histogram.ts'
export {
  type ProjectionEnd,
  type ProjectionRun,
  type ProjectionStatus,
  type RunningProjection,
  runProjection,
} from './runner/run-projection.ts'
