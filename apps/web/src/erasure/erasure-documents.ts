import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

const packHolder = graphql(`
  fragment PackHolderParts on PackHolder @_unmask { pack recipient people exportedAt }
`)

export const subjectQuery = graphql(
  `
  query Subject($id: ID!) {
    dataSubject(id: $id) { id status erasedAt holds events { value exact } packsHeldBy { ...PackHolderParts } }
  }
`,
  [packHolder],
)

/** By the sender's own reference, which goes into no address and no log. */
export const findSubject = graphql(`
  query FindSubject($reference: String!) {
    dataSubject(reference: $reference) { id }
  }
`)

export const erasuresQuery = graphql(
  `
  query Erasures($first: Int, $after: String) {
    erasures(first: $first, after: $after) {
      edges { node { subject status requestedOn due ground decidedAt decidedBy event packsHeldBy { ...PackHolderParts } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [packHolder],
)

export const legalHoldsQuery = graphql(`
  query LegalHolds($first: Int, $after: String) {
    legalHolds(first: $first, after: $after) {
      edges { node { id subject systems matter placedAt placedBy reviewOn releasedAt } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const heldSystem = graphql(`
  query HeldSystem($id: ID!) {
    system(id: $id) { id name }
  }
`)

export const eraseSubject = graphql(
  `
  mutation EraseSubject($input: EraseSubjectInput!) {
    eraseSubject(input: $input) {
      __typename
      ... on Erasure { event packsHeldBy { ...PackHolderParts } }
      ... on DecisionRefused { reason message path }
      ... on NotAllowed { message }
    }
  }
`,
  [packHolder],
)

export type Subject = NonNullable<ResultOf<typeof subjectQuery>['dataSubject']>
export type Erasure = ResultOf<typeof erasuresQuery>['erasures']['edges'][number]['node']
export type LegalHold = ResultOf<typeof legalHoldsQuery>['legalHolds']['edges'][number]['node']
export type PackHolder = ResultOf<typeof packHolder>
