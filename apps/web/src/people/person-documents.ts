import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const personQuery = graphql(`
  query Person($id: ID!) {
    person(id: $id) { id name email title roles status lastSignIn since }
  }
`)

export const sessionsQuery = graphql(`
  query Sessions($person: ID, $first: Int, $after: String) {
    sessions(person: $person, first: $first, after: $after) {
      edges { node { id person current startedAt lastSeenAt expiresAt client } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const endSession = graphql(`
  mutation EndSession($id: ID!) {
    endSession(id: $id) {
      __typename
      ... on SessionEnded { id }
      ... on NotFound { message }
      ... on NotAllowed { message }
    }
  }
`)

export const grantRole = graphql(`
  mutation GrantRole($input: RoleInput!) {
    grantRole(input: $input) {
      __typename
      ... on Person { id roles }
      ... on DecisionRefused { reason message }
      ... on NotFound { message }
      ... on NotAllowed { message }
    }
  }
`)

export const revokeRole = graphql(`
  mutation RevokeRole($input: RoleInput!) {
    revokeRole(input: $input) {
      __typename
      ... on Person { id roles }
      ... on DecisionRefused { reason message }
      ... on NotFound { message }
      ... on NotAllowed { message }
    }
  }
`)

export const deactivatePerson = graphql(`
  mutation DeactivatePerson($id: ID!, $reason: String) {
    deactivatePerson(id: $id, reason: $reason) {
      __typename
      ... on Person { id status }
      ... on DecisionRefused { reason message }
      ... on NotFound { message }
      ... on NotAllowed { message }
    }
  }
`)

export const setProfile = graphql(`
  mutation SetProfile($input: SetProfileInput!) {
    setProfile(input: $input) {
      __typename
      ... on Person { id name email title }
      ... on InvalidInput { message path }
      ... on NotFound { message }
      ... on NotAllowed { message }
    }
  }
`)

export const issueSignInLink = graphql(`
  mutation IssueSignInLink($person: ID!) {
    issueSignInLink(person: $person) {
      __typename
      ... on SignInLinkIssued { link sent expiresAt }
      ... on InvalidInput { message }
      ... on NotFound { message }
      ... on NotAllowed { message }
    }
  }
`)

export const invitationsQuery = graphql(`
  query Invitations($first: Int, $after: String) {
    invitations(first: $first, after: $after) {
      edges { node { id person email role invitedAt invitedBy expiresAt sent } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const revokeInvitation = graphql(`
  mutation RevokeInvitation($id: ID!) {
    revokeInvitation(id: $id) {
      __typename
      ... on InvitationRevoked { id }
      ... on NotFound { message }
      ... on NotAllowed { message }
    }
  }
`)

export type Session = ResultOf<typeof sessionsQuery>['sessions']['edges'][number]['node']
export type Invitation = ResultOf<typeof invitationsQuery>['invitations']['edges'][number]['node']
