import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

const incidentRow = graphql(`
  fragment IncidentRow on Incident {
    id title category severity status occurredAt awareAt reportedAt closedAt event
    deadlines { rule article due metAt overdue }
  }
`)

export const incidentsQuery = graphql(
  `
  query Incidents($filter: IncidentFilter, $first: Int, $after: String, $atLeast: Position, $asOf: DateTime) {
    incidents(filter: $filter, first: $first, after: $after, atLeast: $atLeast, asOf: $asOf) {
      edges { node { ...IncidentRow systems { system name } } }
      pageInfo { hasNextPage endCursor }
      count { value exact }
    }
  }
`,
  [incidentRow],
)

export const incidentQuery = graphql(
  `
  query IncidentPage($id: ID!, $atLeast: Position, $asOf: DateTime) {
    incident(id: $id, atLeast: $atLeast, asOf: $asOf) {
      ...IncidentRow
      systems { system name state actions { kind action at event } }
      notifications { authority kind reference at event }
      rootCause lessons streamVersion
    }
  }
`,
  [incidentRow],
)

export type IncidentRow = ResultOf<typeof incidentsQuery>['incidents']['edges'][number]['node']
export type Incident = NonNullable<ResultOf<typeof incidentQuery>['incident']>
