import { graphql } from '../graphql/graphql.ts'

export const systemChoices = graphql(`
  query SystemChoices($search: String, $atLeast: Position, $asOf: DateTime) {
    systems(filter: { search: $search, retired: false }, first: 8, atLeast: $atLeast, asOf: $asOf) { edges { node { id name businessUnit } } }
  }
`)

export const peopleChoices = graphql(`
  query PeopleChoices($search: String) {
    people(search: $search, status: ACTIVE, first: 50) { edges { node { id name title roles } } }
  }
`)
