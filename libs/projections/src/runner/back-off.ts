import { setTimeout } from 'node:timers/promises'
import { StoreUnavailable } from '@annal/ledger'
import { ReadModelUnavailable } from '../read-model/read-model.ts'

const FIRST_PAUSE = 100
const LONGEST_PAUSE = 10_000

export interface Pause {
  readonly attempt: number
  readonly retryInMs: number
  readonly reason: Error
}

/**
 * Does the work again, after ever longer pauses, as long as what stops it passes by itself: a store or read model that can't be used.
 * `succeeded` says that it got somewhere: the next pause is a short one again. Rejects with any other error, and when `signal` aborts.
 */
export async function retrying<T>(
  { signal, pausing }: { readonly signal: AbortSignal; readonly pausing: (pause: Pause) => void },
  work: (succeeded: () => void) => Promise<T>,
): Promise<T> {
  let attempt = 0
  const succeeded = () => {
    attempt = 0
  }
  for (;;) {
    try {
      return await work(succeeded)
    } catch (error) {
      if (!(error instanceof StoreUnavailable || error instanceof ReadModelUnavailable)) throw error
      const retryInMs = Math.min(FIRST_PAUSE * 2 ** attempt, LONGEST_PAUSE)
      attempt++
      pausing({ attempt, retryInMs, reason: error })
      await setTimeout(retryInMs, undefined, { signal })
    }
  }
}
