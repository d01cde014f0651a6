import { APPEND_LIMIT, type NewEvent, type Position } from '../event-store.ts'
import { type Bench, type BuiltPart, buildPart, refusePart } from './build-part.ts'
import type { RecordOutcome } from './event-draft.ts'
import type { LedgerClock } from './ledger-clock.ts'
import type { StreamPart } from './stream-part.ts'

/** Parts of one stream that go to the store in one append, each whole. */
export class StreamBatch {
  readonly recordedAt: string
  readonly events: NewEvent[] = []
  readonly #built: BuiltPart[] = []
  readonly #ids = new Set<string>()
  readonly #refused = new Set<string>()
  #size = 0

  private constructor(recordedAt: string) {
    this.recordedAt = recordedAt
  }

  /** @returns `held`: parts that must wait for this batch, because they don't fit into it or repeat an id of it. */
  static of(
    parts: readonly StreamPart[],
    bench: Bench,
    clock: LedgerClock,
  ): { readonly batch: StreamBatch; readonly held: readonly StreamPart[] } {
    const reading = clock.read()
    if (reading.status === 'behind') {
      const batch = new StreamBatch('')
      for (const part of parts) batch.#attempt(part, () => refusePart(part, bench, 'ClockSkew', reading.message))
      return { batch, held: [] }
    }
    const batch = new StreamBatch(reading.now > bench.recordedAt ? reading.now : bench.recordedAt)
    const full = parts.findIndex((part) => !batch.#add(part, bench))
    return { batch, held: full === -1 ? [] : parts.slice(full) }
  }

  get parts(): StreamPart[] {
    return this.#built.map(({ part }) => part)
  }

  /** The ids of all drafts that are refused. */
  get refusedIds(): ReadonlySet<string> {
    return this.#refused
  }

  /** Answers every part: the events stand at `positions`. */
  settle(positions: readonly Position[]): void {
    let next = 0
    for (const { part, slots, events } of this.#built) {
      part.settle(outcomesOf(slots, this.recordedAt, positions.slice(next, next + events.length), part.stream))
      next += events.length
    }
  }

  #add(part: StreamPart, bench: Bench): boolean {
    if (part.drafts.some((draft) => this.#ids.has(draft.id))) return false
    const { recordedAt } = this
    return this.#attempt(part, () => buildPart(part, { ...bench, recordedAt, version: bench.version + this.events.length }))
  }

  /** A part that can't be built fails alone. */
  #attempt(part: StreamPart, build: () => BuiltPart): boolean {
    try {
      const built = build()
      if (this.#size + built.size > APPEND_LIMIT) return false
      this.#take(built)
    } catch (error) {
      part.fail(error)
    }
    return true
  }

  #take(built: BuiltPart): void {
    this.#built.push(built)
    this.#size += built.size
    for (const event of built.events) {
      this.events.push(event)
      this.#ids.add(event.id)
    }
    if (built.events.length === 0) for (const slot of built.slots) if (slot.status === 'refused') this.#refused.add(slot.id)
  }
}

function outcomesOf(slots: BuiltPart['slots'], recordedAt: string, positions: readonly Position[], stream: string): RecordOutcome[] {
  const outcomes: RecordOutcome[] = []
  let next = 0
  for (const slot of slots) {
    switch (slot.status) {
      case 'new': {
        const { id, streamVersion } = slot.event
        outcomes.push({
          status: 'recorded',
          id,
          stream,
          streamVersion,
          position: required(positions[next++]),
          recordedAt,
          repeated: false,
          erased: false,
        })
        break
      }
      case 'twin': {
        const first = required(outcomes[slot.of])
        outcomes.push(first.status === 'recorded' ? { ...first, repeated: true } : first)
        break
      }
      case 'recorded':
      case 'refused':
        outcomes.push(slot)
    }
  }
  return outcomes
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected a position for each event of the append, found fewer')
  return value
}
