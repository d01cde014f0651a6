import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const apiKeysQuery = graphql(`
  query ApiKeys($first: Int, $after: String) {
    apiKeys(first: $first, after: $after) {
      edges { node { id name role issuedAt issuedBy expiresAt revokedAt } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const issueApiKey = graphql(`
  mutation IssueApiKey($input: IssueApiKeyInput!) {
    issueApiKey(input: $input) {
      __typename
      ... on IssuedApiKey { secret key { id } }
      ... on InvalidApiKeyRequest { message }
      ... on NotAllowed { message }
    }
  }
`)

export const revokeApiKey = graphql(`
  mutation RevokeApiKey($input: RevokeApiKeyInput!) {
    revokeApiKey(input: $input) {
      __typename
      ... on RevokedApiKey { key { id } }
      ... on ApiKeyNotFound { message }
      ... on NotAllowed { message }
    }
  }
`)

export type ApiKey = ResultOf<typeof apiKeysQuery>['apiKeys']['edges'][number]['node']
