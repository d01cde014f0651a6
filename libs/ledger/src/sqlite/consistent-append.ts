import { requireEventIds } from '../event-store.ts'
import { tailProblem } from '../event-tail.ts'
import type { Append, EventRow } from './event-writer.ts'
import { uuidBytes } from './uuid-bytes.ts'

const anId = new Uint8Array(16)

/** What could never be read back is not written. */
export function requireConsistent({ stream, expectedVersion, events }: Append): void {
  if (events.length === 0) throw new Error('expected at least one event to append, found none')
  requireEventIds(events)
  let version = expectedVersion
  for (const { id, type, streamVersion, bytes, salt } of events) {
    const problem = tailProblem(bytes, { id, stream, streamVersion, type })
    if (problem !== null) throw new Error(`the event ${id} is not what its bytes say: ${problem}`)
    if (++version !== streamVersion) throw new Error(`expected stream version ${version}, found ${streamVersion}`)
    if (salt.length !== 16) throw new Error(`expected a salt of 16 bytes, found ${salt.length}`)
    uuidBytes(id, anId)
  }
  requireDistinctIds(events)
}

function requireDistinctIds(events: readonly EventRow[]): void {
  if (events.length === 1) return
  const ids = new Set(events.map((event) => event.id))
  if (ids.size < events.length) throw new Error(`expected each id once in an append, found ${events.length - ids.size} again`)
}
