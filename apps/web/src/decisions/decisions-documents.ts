import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

const outcome = graphql(`
  fragment Outcome on DecisionResult {
    __typename
    ... on DecisionRecorded { position receipts { id stream streamVersion recordedAt repeated } }
    ... on DecisionRefused { reason message path }
    ... on NotAllowed { message }
  }
`)

export const requestApproval = graphql(
  `mutation RequestApproval($input: RequestApprovalInput!) { result: requestApproval(input: $input) { ...Outcome } }`,
  [outcome],
)
export const approve = graphql(`mutation Approve($input: ApprovalDecisionInput!) { result: approve(input: $input) { ...Outcome } }`, [
  outcome,
])
export const refuse = graphql(`mutation Refuse($input: ApprovalDecisionInput!) { result: refuse(input: $input) { ...Outcome } }`, [outcome])
export const withdrawApproval = graphql(
  `mutation WithdrawApproval($input: ApprovalDecisionInput!) { result: withdrawApproval(input: $input) { ...Outcome } }`,
  [outcome],
)
export const reportIncident = graphql(
  `mutation ReportIncident($input: ReportIncidentInput!) { result: reportIncident(input: $input) { ...Outcome } }`,
  [outcome],
)
export const triageIncident = graphql(
  `mutation TriageIncident($input: TriageIncidentInput!) { result: triageIncident(input: $input) { ...Outcome } }`,
  [outcome],
)
export const implicateSystem = graphql(
  `mutation ImplicateSystem($input: IncidentSystemInput!) { result: implicateSystem(input: $input) { ...Outcome } }`,
  [outcome],
)
export const clearSystem = graphql(
  `mutation ClearSystem($input: IncidentSystemInput!) { result: clearSystem(input: $input) { ...Outcome } }`,
  [outcome],
)
export const recordContainment = graphql(
  `mutation RecordContainment($input: IncidentActionInput!) { result: recordContainment(input: $input) { ...Outcome } }`,
  [outcome],
)
export const recordCorrectiveAction = graphql(
  `mutation RecordCorrectiveAction($input: CorrectiveActionInput!) { result: recordCorrectiveAction(input: $input) { ...Outcome } }`,
  [outcome],
)
export const notifyAuthority = graphql(
  `mutation NotifyAuthority($input: NotifyAuthorityInput!) { result: notifyAuthority(input: $input) { ...Outcome } }`,
  [outcome],
)
export const closeIncident = graphql(
  `mutation CloseIncident($input: CloseIncidentInput!) { result: closeIncident(input: $input) { ...Outcome } }`,
  [outcome],
)
export const resolveViolation = graphql(
  `mutation ResolveViolation($input: ResolveViolationInput!) { result: resolveViolation(input: $input) { ...Outcome } }`,
  [outcome],
)
export const retireSystem = graphql(`mutation RetireSystem($input: RetireInput!) { result: retireSystem(input: $input) { ...Outcome } }`, [
  outcome,
])
export const retireModel = graphql(`mutation RetireModel($input: RetireInput!) { result: retireModel(input: $input) { ...Outcome } }`, [
  outcome,
])
export const requestErasure = graphql(
  `mutation RequestErasure($input: RequestErasureInput!) { result: requestErasure(input: $input) { ...Outcome } }`,
  [outcome],
)
export const refuseErasure = graphql(
  `mutation RefuseErasure($input: RefuseErasureInput!) { result: refuseErasure(input: $input) { ...Outcome } }`,
  [outcome],
)
export const redactField = graphql(
  `mutation RedactField($input: RedactFieldInput!) { result: redactField(input: $input) { ...Outcome } }`,
  [outcome],
)
export const placeLegalHold = graphql(
  `mutation PlaceLegalHold($input: PlaceLegalHoldInput!) { result: placeLegalHold(input: $input) { ...Outcome } }`,
  [outcome],
)
export const releaseLegalHold = graphql(
  `mutation ReleaseLegalHold($input: ReleaseLegalHoldInput!) { result: releaseLegalHold(input: $input) { ...Outcome } }`,
  [outcome],
)

export type DecisionOutcome = ResultOf<typeof approve>['result']
export type DecisionReceipt = Extract<DecisionOutcome, { __typename: 'DecisionRecorded' }>['receipts'][number]
