import { graphql } from '../graphql/graphql.ts'

export const timelineQuery = graphql(`
  query Timeline($filter: EventFilter, $first: Int, $after: String, $atLeast: Position) {
    events(filter: $filter, first: $first, after: $after, order: NEWEST_FIRST, atLeast: $atLeast) {
      edges { node { id type summary occurredAt stream actor { kind id } } }
      pageInfo { hasNextPage endCursor }
      count { value exact }
    }
  }
`)

export const activityQuery = graphql(`
  query Activity($system: ID, $from: Date!, $to: Date!, $atLeast: Position) {
    activity(system: $system, from: $from, to: $to, atLeast: $atLeast) { date events incidents violations deployments decisions }
  }
`)
