import { graphql } from '../graphql/graphql.ts'

/** What the palette finds by words: a handful of each kind of thing. */
export const paletteSearch = graphql(`
  query PaletteSearch($search: String!, $atLeast: Position) {
    systems(filter: { search: $search }, first: 5, atLeast: $atLeast) { edges { node { id name } } }
    models(filter: { search: $search }, first: 5, atLeast: $atLeast) { edges { node { id name } } }
    datasets(filter: { search: $search }, first: 3, atLeast: $atLeast) { edges { node { id name } } }
    incidents(filter: { search: $search }, first: 5, atLeast: $atLeast) { edges { node { id title } } }
  }
`)
