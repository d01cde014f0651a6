import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

/** Who is signed in where, and the vocabulary of the record: what every page of a workspace needs. */
export const openWorkspace = graphql(`
  query OpenWorkspace {
    viewer { kind id name role roles clock workspace { id name region simulatedClock legalTimeZone } }
    eventTypes { name version stream description decision material evidence }
  }
`)

/** For who may not read the vocabulary: a regulator. */
export const openShared = graphql(`
  query OpenShared {
    viewer { kind id name role roles clock workspace { id name region simulatedClock legalTimeZone } }
  }
`)

export const whoAmI = graphql(`
  query WhoAmI {
    viewer { workspace { id } }
  }
`)

export type Viewer = ResultOf<typeof openWorkspace>['viewer']
export type EventTypeDescription = ResultOf<typeof openWorkspace>['eventTypes'][number]
