import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const peopleQuery = graphql(`
  query People($search: String, $status: PersonStatus, $first: Int, $after: String) {
    people(search: $search, status: $status, first: $first, after: $after) {
      edges { node { id name email title roles status lastSignIn since } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const invitePerson = graphql(`
  mutation InvitePerson($input: InvitePersonInput!) {
    invitePerson(input: $input) {
      __typename
      ... on Invited { link invitation { id email expiresAt sent } }
      ... on InvalidInput { message path }
      ... on NotAllowed { message }
    }
  }
`)

export type Person = ResultOf<typeof peopleQuery>['people']['edges'][number]['node']
