import { availableParallelism } from 'node:os'
import { type EventLoopUtilization, performance } from 'node:perf_hooks'
import type { Rush } from './rush.ts'

/** In ms. */
const EVERY = 500
/** The share of the time for which this thread has work, from which on the others take from it what it needs. */
const BUSY = 0.6
/** With more, each thread that has much to do has one of its own. */
const FEW_PROCESSORS = 4

/** Says whether there is a rush by how busy this thread is, the one that records. Gives what ends the watching. */
export function watchRush(rush: Rush, processors = availableParallelism()): () => void {
  if (processors > FEW_PROCESSORS) return () => undefined
  let last: EventLoopUtilization = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    rush.isOn = performance.eventLoopUtilization(now, last).utilization > BUSY
    last = now
  }, EVERY)
  timer.unref()
  return () => clearInterval(timer)
}
