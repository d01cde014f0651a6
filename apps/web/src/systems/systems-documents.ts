import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

const systemRow = graphql(`
  fragment SystemRow on System {
    id name owner businessUnit role region serviceTier riskClass phase retiredAt registeredAt lastEventAt events
    openIncidents openViolations pendingApprovals driftAlerts
  }
`)

export const systemsQuery = graphql(
  `
  query Systems($filter: SystemFilter, $sort: SystemSort, $first: Int, $after: String, $atLeast: Position, $asOf: DateTime) {
    systems(filter: $filter, sort: $sort, first: $first, after: $after, atLeast: $atLeast, asOf: $asOf) {
      edges { node { ...SystemRow } }
      pageInfo { hasNextPage endCursor }
      count { value exact }
    }
  }
`,
  [systemRow],
)

export const systemQuery = graphql(
  `
  query SystemPage($id: ID!, $atLeast: Position, $asOf: DateTime) {
    system(id: $id, atLeast: $atLeast, asOf: $asOf) {
      ...SystemRow
      purpose annexIIIPoint streamVersion
      provenBy { fact event occurredAt }
      models { model name version environment share since event approval approvalInForce }
      dependencies { on kind since event }
      documents { kind title uri sha256 validFrom validUntil event }
    }
  }
`,
  [systemRow],
)

export const systemMattersQuery = graphql(`
  query SystemMatters($system: ID!, $first: Int!, $atLeast: Position, $asOf: DateTime) {
    incidents(filter: { system: $system }, first: $first, atLeast: $atLeast, asOf: $asOf) {
      edges { node { id title severity status awareAt event } }
      count { value exact }
    }
    approvals(filter: { system: $system }, first: $first, atLeast: $atLeast, asOf: $asOf) {
      edges { node { id subject subjectName gate status inForce notInForceBecause requestedAt expiresAt event } }
      count { value exact }
    }
    violations(filter: { system: $system }, first: $first, atLeast: $atLeast, asOf: $asOf) {
      edges { node { id rule subject subjectName recordedAt resolvedAt event } }
      count { value exact }
    }
  }
`)

export type SystemRow = ResultOf<typeof systemsQuery>['systems']['edges'][number]['node']
export type System = NonNullable<ResultOf<typeof systemQuery>['system']>
export type SystemMatters = ResultOf<typeof systemMattersQuery>
