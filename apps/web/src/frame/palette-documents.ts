import { graphql } from '../graphql/graphql.ts'

/** What the palette finds by words: a handful of each kind of thing. */
export const paletteSearch = graphql(`
  query PaletteSearch($search: String!, $atLeast: Position, $asOf: DateTime) {
    systems(filter: { search: $search }, first: 5, atLeast: $atLeast, asOf: $asOf) { edges { node { id name } } }
    models(filter: { search: $search }, first: 5, atLeast: $atLeast, asOf: $asOf) { edges { node { id name } } }
    datasets(filter: { search: $search }, first: 3, atLeast: $atLeast, asOf: $asOf) { edges { node { id name } } }
    incidents(filter: { search: $search }, first: 5, atLeast: $atLeast, asOf: $asOf) { edges { node { id title } } }
  }
`)
