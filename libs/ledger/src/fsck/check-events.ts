import { type EventEnvelope, parseEventBytes } from '@annal/proof'
import type { RecordedEvent } from '../event-store.ts'
import { Mismatch } from './mismatch.ts'

interface StreamTail {
  readonly version: number
  readonly recordedAt: string
}

/** Every event is its own canonical bytes, stands where they say, right behind the one before it in its stream. About 200 bytes a stream. */
export class EventChecks {
  readonly #tails = new Map<string, StreamTail>()
  checked = 0

  /** @throws Mismatch naming the event. */
  check(recorded: RecordedEvent): EventEnvelope {
    const { stream, streamVersion, id } = recorded
    const where = `${stream}/${id}`
    const parsed = parseEventBytes(recorded.bytes)
    if (parsed.status === 'refused') throw new Mismatch({ what: 'event', where, expected: 'canonical event bytes', found: parsed.reason })
    const { envelope } = parsed
    same(where, `${stream}@${streamVersion} ${id} ${recorded.type}`, nameIn(envelope))
    this.#follow(envelope, where)
    this.checked++
    return envelope
  }

  #follow({ stream, streamVersion, recordedAt }: EventEnvelope, where: string): void {
    const tail = this.#tails.get(stream)
    same(where, `version ${(tail?.version ?? -1) + 1} of ${stream}`, `version ${streamVersion} of ${stream}`)
    if (tail !== undefined && recordedAt < tail.recordedAt)
      throw new Mismatch({ what: 'event', where, expected: `a recordedAt of ${tail.recordedAt} or later`, found: recordedAt })
    this.#tails.set(stream, { version: streamVersion, recordedAt })
  }
}

function nameIn({ stream, streamVersion, id, type }: EventEnvelope): string {
  return `${stream}@${streamVersion} ${id} ${type}`
}

function same(where: string, expected: string, found: string): void {
  if (expected !== found) throw new Mismatch({ what: 'event', where, expected, found })
}
