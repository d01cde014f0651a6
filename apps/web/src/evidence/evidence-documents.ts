import type { ResultOf, VariablesOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

const packRow = graphql(`
  fragment PackRow on Pack {
    id purpose requester requestedAt status problem progress events treeSize sha256 bytes withNames completeness url downloads exportEvent
    scope { kind thing text }
    shares { person role until sharedAt sharedBy revokedAt }
  }
`)

export const packsQuery = graphql(
  `
  query Packs($first: Int, $after: String) {
    packs(first: $first, after: $after) { edges { node { ...PackRow } } pageInfo { hasNextPage endCursor } }
  }
`,
  [packRow],
)

export const sharedPacksQuery = graphql(
  `
  query SharedPacks($first: Int, $after: String) {
    sharedPacks(first: $first, after: $after) { edges { node { ...PackRow } } pageInfo { hasNextPage endCursor } }
  }
`,
  [packRow],
)

export const packPreviewQuery = graphql(`
  query PackPreview($scope: PackScopeInput!) {
    packPreview(scope: $scope) { events { value exact } approximateBytes treeSize completeness }
  }
`)

export const exportPack = graphql(`
  mutation ExportPack($input: ExportPackInput!) {
    exportPack(input: $input) {
      __typename
      ... on Pack { id }
      ... on InvalidInput { message path }
      ... on NotAllowed { message }
    }
  }
`)

export const sharePack = graphql(`
  mutation SharePack($input: SharePackInput!) {
    sharePack(input: $input) {
      __typename
      ... on Pack { id }
      ... on InvalidInput { message path }
      ... on NotFound { message }
      ... on NotAllowed { message }
    }
  }
`)

export const revokePackShare = graphql(`
  mutation RevokePackShare($input: RevokePackShareInput!) {
    revokePackShare(input: $input) {
      __typename
      ... on Pack { id }
      ... on InvalidInput { message path }
      ... on NotFound { message }
      ... on NotAllowed { message }
    }
  }
`)

export const modelChoices = graphql(`
  query ModelChoices($search: String) {
    models(filter: { search: $search }, first: 8) { edges { node { id name } } }
  }
`)

export const incidentChoices = graphql(`
  query IncidentChoices($search: String) {
    incidents(filter: { search: $search }, first: 8) { edges { node { id title } } }
  }
`)

export const systemPackChoices = graphql(`
  query SystemPackChoices($search: String) {
    systems(filter: { search: $search }, first: 8) { edges { node { id name } } }
  }
`)

export const sharePeople = graphql(`
  query SharePeople($search: String) {
    people(search: $search, status: ACTIVE, first: 8) { edges { node { id name roles } } }
  }
`)

export type Pack = ResultOf<typeof packsQuery>['packs']['edges'][number]['node']
export type PackShare = Pack['shares'][number]
export type PackScopeInput = VariablesOf<typeof packPreviewQuery>['scope']
export type SharePackInput = VariablesOf<typeof sharePack>['input']
