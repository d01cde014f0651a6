import { graphql } from '../graphql/graphql.ts'

/** Names of the people here, for whoever is named by id elsewhere. */
export const peopleNames = graphql(`
  query PeopleNames($after: String) {
    people(first: 200, after: $after) {
      edges { node { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

/** The issue of each key says what it is for. */
export const keyNames = graphql(`
  query KeyNames($after: String) {
    events(first: 200, after: $after, filter: { types: [ApiKeyIssued] }) {
      edges { node { data } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)
