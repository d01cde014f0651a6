import { graphql } from '../graphql/graphql.ts'

export const myWorkspaces = graphql(`
  query MyWorkspaces {
    myWorkspaces { workspace { id name region simulatedClock } roles }
  }
`)

export const openWorkspace = graphql(`
  mutation OpenWorkspace($input: OpenWorkspaceInput!) {
    openWorkspace(input: $input) {
      __typename
      ... on Workspace { id }
      ... on InvalidInput { message path }
      ... on NotAllowed { message }
    }
  }
`)
