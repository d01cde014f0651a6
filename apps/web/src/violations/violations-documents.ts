import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const violationsQuery = graphql(`
  query Violations($filter: ViolationFilter, $first: Int, $after: String, $atLeast: Position, $asOf: DateTime) {
    violations(filter: $filter, first: $first, after: $after, atLeast: $atLeast, asOf: $asOf) {
      edges { node { id rule subject subjectName system systemName recordedAt cause resolvedAt resolvedBy { kind id } reason event } }
      pageInfo { hasNextPage endCursor }
      count { value exact }
    }
  }
`)

export type Violation = ResultOf<typeof violationsQuery>['violations']['edges'][number]['node']
