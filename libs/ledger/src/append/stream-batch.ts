import { APPEND_LIMIT, type NewEvent, type Position } from '../event-store.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { type Bench, type BuiltPart, buildPart, type FoundEvent, refusePart } from './build-part.ts'
import type { RecordOutcome } from './event-draft.ts'
import type { LedgerClock } from './ledger-clock.ts'
import type { StreamPart } from './stream-part.ts'

const NONE: ReadonlySet<string> = new Set()

/** Where the stream stands, and what was found of the drafts in it. */
export interface Standing {
  readonly version: number
  /** Of the newest event; empty if there is none. */
  readonly recordedAt: string
  readonly found: ReadonlyMap<string, FoundEvent>
}

/** Parts of one stream that go to the store in one append, each whole. */
export class StreamBatch {
  readonly recordedAt: string
  readonly events: NewEvent[] = []
  readonly #built: BuiltPart[] = []
  /** Of `events`, once a second part is to be added. */
  #ids: Set<string> | null = null
  #refused = NONE
  #size = 0

  private constructor(recordedAt: string) {
    this.recordedAt = recordedAt
  }

  /** @returns `held`: parts that must wait for this batch, because they don't fit into it or repeat an id of it. */
  static of(
    parts: readonly StreamPart[],
    standing: Standing,
    { keys, clock }: { readonly keys: KeyStore; readonly clock: LedgerClock },
  ): { readonly batch: StreamBatch; readonly held: readonly StreamPart[] } {
    const reading = clock.read()
    const right = reading.status === 'right'
    const batch = new StreamBatch(right && reading.now > standing.recordedAt ? reading.now : standing.recordedAt)
    const bench = { keys, recordedAt: batch.recordedAt, found: standing.found }
    for (const [i, part] of parts.entries()) {
      try {
        const built = right ? batch.#build(part, standing.version, bench) : refusePart(part, bench, 'ClockSkew', reading.message)
        if (built === null) return { batch, held: parts.slice(i) }
        batch.#take(built)
      } catch (error) {
        // What can't be built fails alone.
        part.fail(error)
      }
    }
    return { batch, held: [] }
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
      part.settle(outcomesOf(slots, { recordedAt: this.recordedAt, stream: part.stream, positions, from: next }))
      next += events.length
    }
  }

  /** Null: it must wait for this batch. */
  #build(part: StreamPart, version: number, bench: Bench): BuiltPart | null {
    if (this.events.length > 0 && this.#repeats(part)) return null
    const built = buildPart(part, version + this.events.length, bench)
    return this.#size + built.size > APPEND_LIMIT ? null : built
  }

  #repeats({ drafts }: StreamPart): boolean {
    this.#ids ??= new Set(this.events.map((event) => event.id))
    for (const { id } of drafts) if (this.#ids.has(id)) return true
    return false
  }

  #take(built: BuiltPart): void {
    this.#built.push(built)
    this.#size += built.size
    for (const event of built.events) {
      this.events.push(event)
      this.#ids?.add(event.id)
    }
    if (built.events.length === 0) this.#refused = new Set([...this.#refused, ...refusedIdsOf(built)])
  }
}

function refusedIdsOf({ slots }: BuiltPart): string[] {
  return slots.flatMap((slot) => (slot.status === 'refused' ? [slot.id] : []))
}

interface Recorded {
  readonly stream: string
  readonly recordedAt: string
  readonly positions: readonly Position[]
  /** Where the part's own positions begin. */
  readonly from: number
}

function outcomesOf(slots: BuiltPart['slots'], { stream, recordedAt, positions, from }: Recorded): RecordOutcome[] {
  const outcomes: RecordOutcome[] = []
  let next = from
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
