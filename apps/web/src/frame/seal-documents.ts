import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const sealQuery = graphql(`
  query Seal {
    log {
      state reason treeSize unsealed lagMilliseconds witnessQuorum
      head { size root signedAt witnessedBy timestampedAt }
      witnesses { name problem }
    }
  }
`)

export type SealedLog = ResultOf<typeof sealQuery>['log']
