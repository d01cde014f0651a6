import type { ResultOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const ledgerQuery = graphql(`
  query Ledger {
    log {
      state reason origin simulatedClock treeSize unsealed lagMilliseconds witnessQuorum timestampAuthority timestampProblem publishFolder
      head { size root mapRoot signedAt note witnessedBy timestampedAt }
      witnesses { name verifierKey url lastSize lastAt problem }
      keys { name verifierKey introducedAt retiredAt }
      history { at size lagMilliseconds }
    }
    ledger { head views { name position behind lagMilliseconds rebuilding } }
  }
`)

type LedgerRead = ResultOf<typeof ledgerQuery>
export type LogOfLedger = LedgerRead['log']
export type LedgerView = LedgerRead['ledger']['views'][number]
