import { GuardedStreams } from '../append/guarded-streams.ts'
import { Recorder } from '../append/recorder.ts'
import { Metrics } from '../http/metrics.ts'
import type { AtWork } from '../identity/at-work.ts'
import type { LedgerRoom } from './open-ledger-room.ts'
import type { ReadingRoom } from './reading-room.ts'
import type { SealingRoom } from './sealing-room.ts'

export function openRecorder(
  { ledger, store, clock: { now } }: LedgerRoom,
  { views, lag, trail }: ReadingRoom,
  sealing: SealingRoom,
  atWork: AtWork,
): { readonly recorder: Recorder; readonly guarded: GuardedStreams; readonly metrics: Metrics } {
  const metrics = new Metrics({ views, lag, sealLag: sealing.lag, board: sealing.board, queued: () => trail.queued })
  const guarded = new GuardedStreams(ledger, store, now)
  return { metrics, guarded, recorder: new Recorder({ ledger, guarded, metrics, atWork, now }) }
}
