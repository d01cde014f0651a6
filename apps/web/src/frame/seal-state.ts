import { countOf } from '../format/numbers.ts'
import type { SealedLog } from './seal-documents.ts'

/** How much the log vouches for. Never `sealed` on a partial check. */
export interface SealState {
  readonly mark: 'unknown' | 'late' | 'unwitnessed' | 'failed' | 'sealed'
  readonly word: string
  readonly why: string
}

/** Later than this the sealer is behind: it signs at most a second after an event. */
const LATE_AFTER = 10_000

export function sealStateOf(log: SealedLog | null): SealState {
  if (log === null) return { mark: 'unknown', word: 'Seal unknown', why: 'Whether the record is sealed is not known yet.' }
  const { state, reason, head, unsealed, lagMilliseconds, witnessQuorum } = log
  if (state !== 'OPEN') {
    return { mark: 'failed', word: state === 'CLOSED' ? 'Log closed' : 'Check failed', why: reason ?? 'The log no longer signs heads.' }
  }
  if (head === null) return { mark: 'unknown', word: 'Not sealed yet', why: 'No tree head has been signed for this record yet.' }
  if (unsealed > 0 && lagMilliseconds > LATE_AFTER) {
    return { mark: 'late', word: 'Seal late', why: `${countOf(unsealed, true, 'event waits', 'events wait')} for a signed head.` }
  }
  const seen = head.witnessedBy.length
  if (witnessQuorum === 0) {
    return {
      mark: 'unwitnessed',
      word: 'Sealed, unwitnessed',
      why: 'A head is signed, but no witness outside this server is asked for a cosignature.',
    }
  }
  if (seen < witnessQuorum) {
    return { mark: 'unwitnessed', word: 'Sealed, unwitnessed', why: `${seen} of ${witnessQuorum} witnesses have cosigned the last head.` }
  }
  return { mark: 'sealed', word: 'Sealed', why: `Signed, and cosigned by ${head.witnessedBy.join(', ')}.` }
}
