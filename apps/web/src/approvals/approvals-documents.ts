import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

const approvalRow = graphql(`
  fragment ApprovalRow on Approval {
    id subject subjectName subjectVersion gate status inForce notInForceBecause subjectChangedAt requestedBy { kind id } onBehalfOf requestedAt expiresAt
    quorum approvers given { person at event } refusedBy reason endReason systems mayDecide mayNotBecause event
  }
`)

export const approvalsQuery = graphql(
  `
  query Approvals($filter: ApprovalFilter, $first: Int, $after: String, $atLeast: Position, $asOf: DateTime) {
    approvals(filter: $filter, first: $first, after: $after, atLeast: $atLeast, asOf: $asOf) {
      edges { node { ...ApprovalRow } }
      pageInfo { hasNextPage endCursor }
      count { value exact }
    }
  }
`,
  [approvalRow],
)

export const approvalQuery = graphql(
  `
  query ApprovalPage($id: ID!, $atLeast: Position, $asOf: DateTime) {
    approval(id: $id, atLeast: $atLeast, asOf: $asOf) { ...ApprovalRow }
  }
`,
  [approvalRow],
)

export type Approval = ResultOf<typeof approvalsQuery>['approvals']['edges'][number]['node']
