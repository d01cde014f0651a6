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
  readonly #places: Set<string>
  #length: number

  private constructor(path: string, handle: FileHandle, length: number, places: Set<string>) {
    this.path = path
    this.#handle = handle
    this.#length = length
    this.#places = places
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
    const places = new Set(lines.flatMap((line) => /"place":"(\d+:\d+)"/.exec(line.slice(0, 2_000))?.[1] ?? []))
    return new RefusedFile(path, handle, from + end, places)
  }

  /** Whether the event at this place of the outbox was refused before a crash: it must not be sent again. */
  has({ segment, offset }: Place): boolean {
    return this.#places.has(`${segment}:${offset}`)
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
    for (const { kept } of refused) this.#places.add(`${kept.place.segment}:${kept.place.offset}`)
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }
}

function lineOf({ envelope, place }: KeptEvent, { code, message, path }: Refusal, at: string): object {
  const { event, ...rest } = readJson(envelope) as { readonly event: Readonly<Record<string, unknown>> }
  const read = eventOfInput(event)
  const named = read.status === 'read' ? { type: read.type, data: read.data } : { event }
  return { refused: { place: `${place.segment}:${place.offset}`, code, path, at, message }, ...rest, ...named }
}
