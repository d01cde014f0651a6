import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AllSlice,
  type EventReader,
  type Position,
  type RecordedEvent,
  StoreUnavailable,
  type StreamSlice,
  type SubscribeFrom,
} from '@annal/ledger'
import { type EventEnvelope, eventBytes } from '@annal/proof'
import fc from 'fast-check'
import { openSqliteReadModel } from '../read-model/open-sqlite-read-model.ts'
import type { ReadModel } from '../read-model/read-model.ts'
import type { Projection } from '../runner/projection.ts'
import { type ProjectionRun, runProjection } from '../runner/run-projection.ts'
import type { TermIndex } from '../term-index/term-index.ts'
import { openAuditTrail } from './open-audit-trail.ts'
import type { ReadableEvent } from './readable-words.ts'
import { textProjection } from './text-projection.ts'
import { trailProjection } from './trail-projection.ts'

/** Small chunks, so that a few dozen events fill several. */
export const smallTrailIndex: TermIndex = { layout: { size: 32, frequent: 3 }, chunksPerTag: 2 ** 32 / 32, prefixes: false }
export const smallTextIndex: TermIndex = { layout: { size: 32, frequent: 3 }, chunksPerTag: 2, prefixes: true }

export const START = Date.parse('2026-03-01T08:00:00.000Z')
export const instant = (milliseconds: number) => new Date(milliseconds).toISOString()

/** What varies of an event. `sealed`: its note is encrypted; here that only says that it can be erased. */
export interface Story {
  readonly workspace: string
  readonly type: string
  readonly stream: string
  readonly about: readonly string[]
  readonly actor: string
  readonly correlationId: string | null
  readonly occurred: number
  readonly recorded: number
  readonly note: string
  readonly sealed: boolean
}

export const aStory: Story = {
  workspace: 'ws_a',
  type: 'SystemChanged',
  stream: 'aisystem-x',
  about: ['aisystem:x'],
  actor: 'svc_1',
  correlationId: null,
  occurred: START,
  recorded: START,
  note: 'a note',
  sealed: false,
}

const hex = (value: number, length: number) => value.toString(16).padStart(length, '0')

/** The `i`th event of a record. Positions have gaps. */
export function recorded(story: Story, i: number): RecordedEvent {
  const envelope: EventEnvelope = {
    v: 1,
    id: `${hex(i * 2654435761, 12).slice(-8)}-0000-4000-8000-${hex(i, 12)}`,
    type: story.type,
    version: 1,
    workspace: story.workspace,
    stream: `${story.workspace}.${story.stream}`,
    streamVersion: i,
    about: [...story.about].sort(),
    actor: { kind: 'service', id: story.actor },
    occurredAt: instant(story.occurred),
    recordedAt: instant(story.recorded),
    correlationId: story.correlationId,
    causationId: null,
    data: { note: story.note, sealed: story.sealed, ',"data":': '"recordedAt":"x' },
  }
  const { id, type, stream, streamVersion } = envelope
  const salt = Uint8Array.from({ length: 16 }, (_, at) => (i + at) & 0xff)
  return { position: String(i * 3 + 1).padStart(8, '0') as Position, id, type, stream, streamVersion, bytes: eventBytes(envelope), salt }
}

export function envelopeOf({ bytes }: RecordedEvent): EventEnvelope {
  return JSON.parse(Buffer.from(bytes).toString())
}

/** Opens events whose notes are "sealed", unless the key of their id was destroyed. */
export function opener(destroyed: ReadonlySet<string> = new Set()) {
  return (events: readonly RecordedEvent[]): ReadableEvent[] =>
    events.map((event) => {
      const envelope = envelopeOf(event)
      const isOpen = envelope.data.sealed !== true || !destroyed.has(envelope.id)
      return { envelope, data: isOpen ? envelope.data : { ...envelope.data, note: { erased: true } } }
    })
}

const words = [
  'credit',
  'credits',
  'creditworthy',
  'cred',
  'score',
  'scoring',
  'é',
  'École',
  'Straße',
  '日本',
  '日本語',
  '𝒳yz',
  'x1',
  'x12',
  '12',
  "o'clock",
  'a-b',
]

/** The first one rarely. */
const often = (rare: string, ...others: string[]) =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(rare) }, { weight: 12, arbitrary: fc.constantFrom(...others) })

export const stories: fc.Arbitrary<Story[]> = fc.array(
  fc.record({
    workspace: fc.constantFrom('ws_a', 'ws_a', 'ws_a', 'ws_b', 'ws_c'),
    type: often('RareThing', 'SystemChanged', 'DecisionMade', 'DriftDetected'),
    stream: often('aisystem-x', 'aisystem-y', 'model-x', 'decision-x~2026-03-01~a'),
    about: fc.uniqueArray(fc.constantFrom('aisystem:x', 'aisystem:y', 'model:x@1', 'model:x@2', 'dataset:d'), { maxLength: 4 }),
    actor: often('per_1', 'svc_1', 'svc_2'),
    correlationId: fc.option(fc.constantFrom('c-1', 'c-2', 'c-3')),
    occurred: fc.integer({ min: START - 20, max: START + 20 }),
    recorded: fc.integer({ min: START, max: START + 20 }),
    note: fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((chosen) => chosen.join(' ')),
    sealed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 260, size: 'max' },
)

/** A record in memory. */
export class ArrayRecord implements Pick<EventReader, 'subscribe' | 'readAll' | 'readStream' | 'head' | 'findEvent'> {
  readonly events: RecordedEvent[] = []
  /** While set, reading fails. */
  unreachable = false
  #wake: () => void = () => undefined

  constructor(told: readonly Story[] = []) {
    this.add(told)
  }

  add(told: readonly Story[]): void {
    for (const story of told) this.events.push(recorded(story, this.events.length))
    this.wake()
  }

  wake(): void {
    this.#wake()
  }

  async head(): Promise<Position | null> {
    return this.events.at(-1)?.position ?? null
  }

  async findEvent(stream: string, id: string): Promise<RecordedEvent | null> {
    return this.events.find((event) => event.stream === stream && event.id === id) ?? null
  }

  async readAll({ after, limit, streamPrefix = '' }: AllSlice): Promise<RecordedEvent[]> {
    if (this.unreachable) throw new StoreUnavailable('gone for now')
    return this.events
      .filter(({ position, stream }) => (after === null || position > after) && stream.startsWith(streamPrefix))
      .slice(0, limit)
  }

  /** Forwards. */
  async readStream(stream: string, { from = 0, limit }: StreamSlice): Promise<RecordedEvent[]> {
    if (this.unreachable) throw new StoreUnavailable('gone for now')
    return this.events.filter((event) => event.stream === stream).slice(from, from + limit)
  }

  async *subscribe({ after, signal, batch = 500 }: SubscribeFrom): AsyncGenerator<RecordedEvent[]> {
    let last = after
    while (!signal.aborted) {
      const events = await this.readAll({ after: last, limit: batch })
      if (events.length > 0) {
        last = events.at(-1)?.position ?? last
        yield events
      } else {
        await new Promise<void>((resolve) => {
          const before = this.#wake
          this.#wake = () => {
            before()
            resolve()
          }
          signal.addEventListener('abort', () => resolve())
        })
      }
    }
  }
}

/** Both read models of an audit trail in a folder of their own. */
export class TrailFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'annal-views-'))
  readonly views = openSqliteReadModel({ file: join(this.folder, 'views.db'), mode: 'write' })
  readonly search = openSqliteReadModel({ file: join(this.folder, 'search.db'), mode: 'write' })
  readonly trail = openAuditTrail({ views: this.views, search: this.search, trailIndex: smallTrailIndex, textIndex: smallTextIndex })

  /** Brings both views to the end of the record, in batches cut at these counts. */
  async catchUp(record: ArrayRecord, cuts: readonly number[] = [], open = opener()): Promise<void> {
    const ends = [...cuts.filter((cut) => cut < record.events.length), record.events.length].sort((a, b) => a - b)
    for (const end of ends) {
      const part = new ArrayRecord()
      part.events.push(...record.events.slice(0, end))
      await runToEnd({ projection: trailProjection(smallTrailIndex), readModel: this.views }, part)
      await runToEnd({ projection: textProjection(open, smallTextIndex), readModel: this.search }, part)
    }
  }

  async close(): Promise<void> {
    await this.views.close()
    await this.search.close()
    rmSync(this.folder, { recursive: true })
  }
}

/** Runs a projection until it has applied the record's last event. */
export async function runToEnd<Tables>(
  part: { projection: Projection<Tables>; readModel: ReadModel },
  record: ArrayRecord,
  over: Partial<ProjectionRun<Tables>> = {},
): Promise<void> {
  const stop = new AbortController()
  const end = record.events.at(-1)?.position ?? null
  const run = runProjection({
    ...part,
    events: record,
    signal: stop.signal,
    now: () => START,
    onStatus: (status) => {
      if (status.status === 'following' && (end === null || (status.position ?? '') >= end)) stop.abort()
    },
    ...over,
  })
  const ended = await run.ended
  if (ended.status === 'failed') throw ended.reason
}
