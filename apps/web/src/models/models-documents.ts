import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const modelsQuery = graphql(`
  query Models($filter: ModelFilter, $first: Int, $after: String, $atLeast: Position, $asOf: DateTime) {
    models(filter: $filter, first: $first, after: $after, atLeast: $atLeast, asOf: $asOf) {
      edges { node { id name task owner registeredAt retiredAt lastEventAt events openDrift } }
      pageInfo { hasNextPage endCursor }
      count { value exact }
    }
  }
`)

export const modelQuery = graphql(`
  query ModelPage($id: ID!, $versionsAfter: String, $atLeast: Position, $asOf: DateTime) {
    model(id: $id, atLeast: $atLeast, asOf: $asOf) {
      id name task owner registeredAt retiredAt lastEventAt events openDrift streamVersion
      deployments { model name version environment share since event approval approvalInForce }
      versions(first: 20, after: $versionsAfter) {
        edges {
          node {
            version registeredAt stage artifact trainedOn derivedFrom event approvalInForce approval
            metrics { name value }
            evaluations { kind passed occurredAt event summary }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`)

export type ModelRow = ResultOf<typeof modelsQuery>['models']['edges'][number]['node']
export type Model = NonNullable<ResultOf<typeof modelQuery>['model']>
export type ModelVersion = Model['versions']['edges'][number]['node']
