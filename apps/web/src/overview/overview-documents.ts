import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const overviewQuery = graphql(`
  query Overview($atLeast: Position, $asOf: DateTime) {
    overview(atLeast: $atLeast, asOf: $asOf) {
      systems openIncidents overdueIncidents openViolations pendingApprovals pendingForMe lapsedApprovals driftAlerts expiringEvidence
      badNews { kind severity title system systemName owner since due event thing }
      more
      activity { date events incidents violations deployments decisions }
      byRiskClass { riskClass systems }
      byBusinessUnit { businessUnit systems }
    }
  }
`)

export type Overview = ResultOf<typeof overviewQuery>['overview']
export type BadNews = Overview['badNews'][number]
