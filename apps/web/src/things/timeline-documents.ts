import { graphql } from '../graphql/graphql.ts'

export const timelineQuery = graphql(`
  query Timeline($filter: EventFilter, $first: Int, $after: String, $atLeast: Position, $asOf: DateTime) {
    events(filter: $filter, first: $first, after: $after, order: NEWEST_FIRST, atLeast: $atLeast, asOf: $asOf) {
      edges { node { id type summary occurredAt stream actor { kind id } } }
      pageInfo { hasNextPage endCursor }
      count { value exact }
    }
  }
`)

export const activityQuery = graphql(`
  query Activity($system: ID, $from: Date!, $to: Date!, $atLeast: Position, $asOf: DateTime) {
    activity(system: $system, from: $from, to: $to, atLeast: $atLeast, asOf: $asOf) { date events incidents violations deployments decisions }
  }
`)
