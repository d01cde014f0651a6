import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const inclusionProof = graphql(`
  query InclusionProof($event: UUID!) {
    inclusionProof(event: $event) {
      leafIndex treeSize entry leafHash path root proof
      head { signedAt witnessedBy timestampedAt note }
    }
    log { origin keys { verifierKey } }
  }
`)

type ProofRead = ResultOf<typeof inclusionProof>
export type EventProof = NonNullable<ProofRead['inclusionProof']>
export type ProofLog = ProofRead['log']
