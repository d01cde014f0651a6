export * from './audit-trail/trail-query.ts'
