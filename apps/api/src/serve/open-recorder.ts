import { GuardedStreams } from '../append/guarded-streams.ts'
import { Recorder } from '../append/recorder.ts'
import { Metrics } from '../http/metrics.ts'
import type { LedgerRoom } from './open-ledger-room.ts'
import type { ReadingRoom } from './reading-room.ts'

export function openRecorder(
  { ledger, store }: LedgerRoom,
  { views, lag, trail }: ReadingRoom,
): { readonly recorder: Recorder; readonly metrics: Metrics } {
  const now = () => Date.now()
  const metrics = new Metrics({ views, lag, queued: () => trail.queued })
  return { metrics, recorder: new Recorder({ ledger, guarded: new GuardedStreams(ledger, store, now), metrics, now }) }
}
