import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventType, parseEvent } from '@annal/domain'
import type { Position, RecordedEvent } from '@annal/ledger'
import { type EventEnvelope, eventBytes } from '@annal/proof'
import type { ReadableEvent } from '../audit-trail/readable-words.ts'
import { ArrayRecord, runToEnd } from '../audit-trail/trail-fixtures.contract.ts'
import { openSqliteReadModel } from '../read-model/open-sqlite-read-model.ts'
import type { ReadModel } from '../read-model/read-model.ts'
import { openRegisters } from './open-registers.ts'
import { registersProjection } from './registers-projection.ts'
import { type RegisterTables, registersView } from './registers-tables.ts'

/** What is told of an event; the rest is its type's example. */
export interface Told {
  readonly type: string
  readonly data?: Readonly<Record<string, unknown>>
  readonly workspace?: string
  readonly at?: string
  readonly actor?: string
}

const hex = (value: number, length: number) => value.toString(16).padStart(length, '0')
export const idOfNumber = (i: number) => `0192f3c4-0000-7000-8000-${hex(i, 12)}`
export const NOW = '2026-06-01T12:00:00.000Z'
export const ASKING = { workspace: 'ws_a', now: NOW }

/** A record of events, each in its own stream. People's words stand in plain text here: keys are the ledger's matter. */
export class ToldRecord extends ArrayRecord {
  readonly #versions = new Map<string, number>()

  tell(...stories: readonly Told[]): this {
    for (const story of stories) this.events.push(this.#recorded(story, this.events.length))
    this.wake()
    return this
  }

  /** The reference of an event told before, by its number. */
  reference(i: number): string {
    const event = this.events[i]
    if (!event) throw new Error(`expected an event ${i}, found ${this.events.length}`)
    return `${event.stream}/${event.id}`
  }

  #recorded(told: Told, i: number): RecordedEvent {
    const { type, workspace = 'ws_a', at = `2026-05-01T08:00:${String(i % 60).padStart(2, '0')}.000Z`, actor = 'svc_1' } = told
    const example = type === 'EventCorrected' ? {} : eventType(type)?.example
    const parsed = parseEvent(type, withoutAbsent({ ...(example as object), ...told.data }), at)
    if (parsed.status === 'refused') throw new Error(`expected a ${type}, found ${parsed.path}: ${parsed.message}`)
    const stream = `${workspace}.${parsed.event.stream}`
    const streamVersion = (this.#versions.get(stream) ?? -1) + 1
    this.#versions.set(stream, streamVersion)
    const id = idOfNumber(i)
    const envelope: EventEnvelope = {
      v: 1,
      id,
      type,
      version: 1,
      workspace,
      stream,
      streamVersion,
      about: [...parsed.event.about],
      actor: { kind: actor.startsWith('per_') ? 'person' : 'service', id: actor },
      occurredAt: at,
      recordedAt: at,
      correlationId: null,
      causationId: null,
      data: JSON.parse(JSON.stringify(parsed.event.data)),
    }
    const position = String(i * 3 + 1).padStart(8, '0') as Position
    return { position, id, type, stream, streamVersion, bytes: eventBytes(envelope), salt: new Uint8Array(16) }
  }
}

/** `undefined` takes a field out of the example. */
function withoutAbsent(data: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
}

/** Opens everything, but for the events whose keys were destroyed. */
export function openTold(destroyed: ReadonlySet<string> = new Set()) {
  return (events: readonly RecordedEvent[]): ReadableEvent[] =>
    events.map(({ bytes }) => {
      const envelope: EventEnvelope = JSON.parse(Buffer.from(bytes).toString())
      if (!destroyed.has(envelope.id)) return { envelope, data: envelope.data }
      return { envelope, data: Object.fromEntries(Object.entries(envelope.data).map(([name]) => [name, { erased: true }])) }
    })
}

/** The registers in a folder of their own. */
export class RegisterFolder {
  readonly #folder = mkdtempSync(join(tmpdir(), 'annal-registers-'))
  readonly views = openSqliteReadModel({ file: join(this.#folder, 'views.db'), mode: 'write' })
  readonly registers = openRegisters({ views: this.views, open: openTold() })

  /** Brings them to the end of the record, in batches cut at these counts. */
  async show(record: ArrayRecord, cuts: readonly number[] = []): Promise<this> {
    const ends = [...cuts.filter((cut) => cut > 0 && cut < record.events.length), record.events.length].sort((a, b) => a - b)
    for (const end of ends) {
      const part = new ArrayRecord()
      part.events.push(...record.events.slice(0, end))
      await runToEnd({ projection: registersProjection(), readModel: this.views }, part)
    }
    return this
  }

  rows(): Promise<Record<string, unknown[]>> {
    return registerRows(this.views)
  }

  async close(): Promise<void> {
    await this.views.close()
    rmSync(this.#folder, { recursive: true })
  }
}

/** Every row of every table of the first generation. */
export function registerRows(views: ReadModel): Promise<Record<string, unknown[]>> {
  return views.transaction(async (session) => {
    const rows: Record<string, unknown[]> = {}
    const { query } = session.tables<RegisterTables>(registersView, 1)
    for (const { name } of registersView.tables)
      rows[name] = await query
        .selectFrom(name as keyof RegisterTables)
        .selectAll()
        .execute()
    return rows
  })
}
