import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const datasetsQuery = graphql(`
  query Datasets($filter: DatasetFilter, $first: Int, $after: String, $atLeast: Position, $asOf: DateTime) {
    datasets(filter: $filter, first: $first, after: $after, atLeast: $atLeast, asOf: $asOf) {
      edges { node { id name owner sensitivity region registeredAt lastEventAt events } }
      pageInfo { hasNextPage endCursor }
      count { value exact }
    }
  }
`)

export const datasetQuery = graphql(`
  query DatasetPage($id: ID!, $atLeast: Position, $asOf: DateTime) {
    dataset(id: $id, atLeast: $atLeast, asOf: $asOf) {
      id name source owner sensitivity region legalBasis registeredAt lastEventAt events streamVersion usedBy
      quality { name value }
      versions(first: 50) {
        edges { node { version sha256 rows derivedFrom registeredAt event } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`)

export type DatasetRow = ResultOf<typeof datasetsQuery>['datasets']['edges'][number]['node']
export type Dataset = NonNullable<ResultOf<typeof datasetQuery>['dataset']>
