import { mkdirSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { eventOfInput } from '@annal/domain'
import { readJson } from '@annal/proof'
import type { KeptEvent } from './outbox/outbox-reader.ts'
import type { Place } from './outbox/segments.ts'

/** Why Annal did not record an event. It won't be sent again. */
export interface Refusal {
  readonly status: 'refused'
  readonly id: string
  /** As in Annal's API: `INVALID_EVENT`, `CONTENT_DIFFERS`, `CONTRADICTS_RECORD` … */
  readonly code: string
  readonly message: string
  /** A JSON Pointer into the event's data, when it is about one field. */
  readonly path: string | null
}

/** How much of the end of the file is read for what a crash may have left to be refused again: more than a batch. */
const TAIL = 16 * 1024 * 1024

/**
 * The events that Annal refused, one JSON object a line: `{refused: {code, message, path, at, place}, id, type, occurredAt, …, data}`. Whoever
 * has mended one can give the line to `annal-emit`.
 */
export class RefusedFile {
  readonly path: string
  readonly #handle: FileHandle
  readonly #kept: Map<string, unknown>
  #length: number

  private constructor(path: string, handle: FileHandle, length: number, kept: Map<string, unknown>) {
    this.path = path
    this.#handle = handle
    this.#length = length
    this.#kept = kept
  }

  static async open(path: string): Promise<RefusedFile> {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const handle = await open(path, 'a+', 0o600)
    const { size } = await handle.stat()
    const from = Math.max(0, size - TAIL)
    const tail = Buffer.alloc(size - from)
    await handle.read(tail, 0, tail.length, from)
    const end = tail.lastIndexOf('\n') + 1
    if (end < tail.length) await handle.truncate(from + end)
    const lines = tail
      .subarray(0, end)
      .toString('utf8')
      .split('\n')
      .slice(from === 0 ? 0 : 1)
    return new RefusedFile(path, handle, from + end, new Map(lines.flatMap(keptIn)))
  }

  /**
   * Whether this event was refused before a crash: it must not be sent again. Its place alone doesn't say so: an outbox whose cursor was
   * lost gives places anew.
   */
  has({ place, envelope }: KeptEvent): boolean {
    const id = this.#kept.get(keyOf(place))
    return id !== undefined && id === idOf(envelope)
  }

  /** Durable on return. */
  async append(refused: readonly { readonly kept: KeptEvent; readonly refusal: Refusal }[], at: string): Promise<void> {
    const lines = refused.map(({ kept, refusal }) => `${JSON.stringify(lineOf(kept, refusal, at))}\n`).join('')
    try {
      await this.#handle.appendFile(lines)
      await this.#handle.datasync()
    } catch (error) {
      await this.#handle.truncate(this.#length)
      throw error
    }
    this.#length += Buffer.byteLength(lines)
    for (const { kept } of refused) this.#kept.set(keyOf(kept.place), idOf(kept.envelope))
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }
}

function keyOf({ segment, offset }: Place): string {
  return `${segment}:${offset}`
}

function idOf(json: string): unknown {
  return (readJson(json) as { readonly id?: unknown }).id
}

/** The place of a line's event and its id. Whoever mends lines by hand may leave some that are none. */
function keptIn(line: string): [string, unknown][] {
  const [, place] = /"place":"(\d+:\d+)"/.exec(line.slice(0, 2_000)) ?? []
  if (place === undefined) return []
  try {
    return [[place, idOf(line)]]
  } catch {
    return []
  }
}

function lineOf({ envelope, place }: KeptEvent, { code, message, path }: Refusal, at: string): object {
  const { event, ...rest } = readJson(envelope) as { readonly event: Readonly<Record<string, unknown>> }
  const read = eventOfInput(event)
  const named = read.status === 'read' ? { type: read.type, data: read.data } : { event }
  return { refused: { place: `${place.segment}:${place.offset}`, code, path, at, message }, ...rest, ...named }
}
