import type { FragmentOf, ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const trailRow = graphql(`
  fragment TrailRow on Event {
    id
    type
    stream
    streamVersion
    position
    about
    actor { kind id }
    occurredAt
    recordedAt
    correlationId
    summary
  }
`)

export const trailPage = graphql(
  `
  query TrailPage($filter: EventFilter, $first: Int!, $after: String, $order: EventOrder!, $asOf: DateTime) {
    events(filter: $filter, first: $first, after: $after, order: $order, asOf: $asOf) {
      edges { node { ...TrailRow } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [trailRow],
)

export const trailCount = graphql(`
  query TrailCount($filter: EventFilter, $asOf: DateTime) {
    events(filter: $filter, first: 1, asOf: $asOf) { count { value exact } }
  }
`)

/** Where the visible record ends: a live tail of a trail that holds nothing yet begins behind it. */
export const trailEnd = graphql(`
  query TrailEnd {
    events(first: 1, order: NEWEST_FIRST) { edges { node { position } } }
  }
`)

export const trailTail = graphql(
  `
  subscription TrailTail($filter: EventFilter, $after: Position) {
    eventAppended(filter: $filter, after: $after) { ...TrailRow }
  }
`,
  [trailRow],
)

export const wholeEvent = graphql(
  `
  query WholeEvent($id: UUID!, $asOf: DateTime) {
    event(id: $id, asOf: $asOf) {
      ...TrailRow
      typeVersion
      causationId
      data
      sealed { pointer kind subject readable }
      expiredUnder
      raw
      salt
      commitment
    }
  }
`,
  [trailRow],
)

const destruction = graphql(`
  fragment DestructionParts on EventConnection @_unmask {
    edges { node { id actor { kind id } recordedAt data } }
  }
`)

/** What is recorded of keys that were destroyed: of fields of an event, and of a data subject. Never as of a day: a key is gone from all of them. */
export const destructions = graphql(
  `
  query Destructions($redactions: EventFilter!, $erasures: EventFilter!, $atLeast: Position) {
    redactions: events(filter: $redactions, first: 200, atLeast: $atLeast) { ...DestructionParts }
    erasures: events(filter: $erasures, first: 1, atLeast: $atLeast) { ...DestructionParts }
  }
`,
  [destruction],
)

/** A complete example of each type's data. */
export const typeExamples = graphql(`
  query TypeExamples {
    eventTypes { name example }
  }
`)

export type TrailEvent = FragmentOf<typeof trailRow>
export type WholeEvent = NonNullable<ResultOf<typeof wholeEvent>['event']>
export type Destruction = ResultOf<typeof destruction>['edges'][number]['node']
export type TrailOrder = 'NEWEST_FIRST' | 'OLDEST_FIRST'
