import { mkdir, rm, stat } from 'node:fs/promises'
import { ClientClosed, OutboxFull, OutboxUnwritable } from '../errors.ts'
import { readCursor, writeCursor } from './cursor-file.ts'
import { frame } from './frame.ts'
import { lockFolder } from './lock-folder.ts'
import { type BatchLimits, type KeptEvent, OutboxReader } from './outbox-reader.ts'
import { recoverSegment } from './recover-segment.ts'
import { SegmentWriter } from './segment-writer.ts'
import { MAGIC, type Place, segmentFile, segmentNumbers, syncFolder } from './segments.ts'

export interface OutboxOptions {
  /** Made if it isn't there; only its owner may look into it, because events are in it as they were emitted. One client at a time. */
  readonly folder: string
  /** How large, in bytes, what waits may become. Default 256 MiB. */
  readonly maxBytes?: number
  /** When there is no more room: wait for it (default), or refuse with `OutboxFull`. */
  readonly whenFull?: 'wait' | 'refuse'
  /** How long, in bytes, a file of the outbox becomes before the next is begun. Default 8 MiB. */
  readonly segmentBytes?: number
}

interface Waiting {
  readonly framed: Buffer
  readonly resolve: (place: Place) => void
  readonly reject: (error: unknown) => void
}

const SEGMENT = 8 * 1024 * 1024
/** What one sync makes durable at most, in bytes. */
const LARGEST_GROUP = 4 * 1024 * 1024

/**
 * A queue of events on disk, first in, first out. `append` resolves when its event is synced; events that wait for the disk share one
 * sync. `settle` moves a durable cursor behind events that need not be sent again, and removes files that hold no others.
 */
export class Outbox {
  readonly #folder: string
  readonly #maxBytes: number
  readonly #refuses: boolean
  readonly #largestGroup: number
  readonly #writer: SegmentWriter
  readonly #reader: OutboxReader
  readonly #unlock: () => void
  #oldest: number
  /** Synced and not settled. */
  #events: number
  #bytes: number
  #cursor: Place
  #queue: Waiting[] = []
  #writing: Promise<void> | null = null
  #wake: (() => void) | null = null

  private constructor(at: Opened, options: OutboxOptions, unlock: () => void) {
    const { folder, maxBytes = 256 * 1024 * 1024, whenFull = 'wait', segmentBytes = SEGMENT } = options
    this.#folder = folder
    this.#maxBytes = maxBytes
    this.#refuses = whenFull === 'refuse'
    this.#largestGroup = Math.min(LARGEST_GROUP, segmentBytes)
    this.#writer = at.writer
    this.#oldest = at.oldest
    this.#events = at.events
    this.#bytes = at.bytes
    this.#cursor = at.cursor
    this.#reader = new OutboxReader(folder, at.cursor)
    this.#unlock = unlock
  }

  /** Finds again what was synced and not settled. @throws OutboxLocked, OutboxCorrupt, or what the file system says. */
  static async open(options: OutboxOptions): Promise<Outbox> {
    const { folder, segmentBytes = SEGMENT } = options
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const unlock = lockFolder(folder)
    try {
      return new Outbox(await recover(folder, segmentBytes), options, unlock)
    } catch (error) {
      unlock()
      throw error
    }
  }

  /** How many synced events are not settled. */
  get waiting(): number {
    return this.#events
  }

  /** Whether everything before this place is settled. */
  hasSettled({ segment, offset }: Place): boolean {
    const at = this.#cursor
    return at.segment > segment || (at.segment === segment && at.offset >= offset) || this.#events === 0
  }

  /** Everything before it is synced. */
  get end(): Place {
    return this.#writer.end
  }

  /** Resolves when the payload is durable; gives its place. @throws OutboxFull, OutboxUnwritable: then it was not queued. */
  append(payload: string): Promise<Place> {
    const framed = frame(Buffer.from(payload))
    if (this.#refuses && !this.#hasRoomFor(framed.length + sum(this.#queue)))
      return Promise.reject(
        new OutboxFull(`${this.#folder} holds ${this.#bytes} bytes that wait to be sent, at most ${this.#maxBytes} are allowed`),
      )
    return new Promise((resolve, reject) => {
      this.#queue.push({ framed, resolve, reject })
      this.#write()
    })
  }

  /** The next events that were not given yet, in order; waits for the first. None when `signal` aborts. @throws OutboxCorrupt */
  async next(limits: BatchLimits, signal: AbortSignal): Promise<KeptEvent[]> {
    while (!signal.aborted) {
      const batch = await this.#reader.next(this.#writer.end, limits)
      if (batch.length > 0) return batch
      await this.#arrival(signal)
    }
    return []
  }

  /** As `next`, without waiting. */
  more(limits: BatchLimits): Promise<KeptEvent[]> {
    return this.#reader.next(this.#writer.end, limits)
  }

  /** Everything up to `next` of the last of these, which came from `next()` in this order, need not be sent again. Durable on return. */
  async settle(batch: readonly KeptEvent[]): Promise<void> {
    const last = batch.at(-1)
    if (last === undefined) return
    await writeCursor(this.#folder, last.next)
    await this.#removeBefore(last.next.segment)
    this.#cursor = last.next
    this.#events -= batch.length
    this.#bytes -= batch.reduce((bytes, { place, next }) => bytes + next.offset - place.offset, 0)
    this.#write()
  }

  /** Waits for what is being written; what waits for room is not queued. A settled outbox leaves no events behind on disk. */
  async close(): Promise<void> {
    const closed = new ClientClosed('the client was closed before there was room; the event was not queued')
    for (const { reject } of this.#queue.splice(0)) reject(closed)
    await this.#writing
    await this.#writer.close()
    await this.#reader.close()
    if (this.#events === 0) await this.#removeBefore(this.#writer.end.segment + 1)
    this.#unlock()
  }

  #hasRoomFor(bytes: number): boolean {
    return this.#bytes === 0 || this.#bytes + bytes <= this.#maxBytes
  }

  #write(): void {
    this.#writing ??= this.#writeGroups().finally(() => {
      this.#writing = null
    })
  }

  async #writeGroups(): Promise<void> {
    for (let group = this.#takeGroup(); group.length > 0; group = this.#takeGroup()) await this.#writeGroup(group)
  }

  #takeGroup(): Waiting[] {
    let bytes = 0
    let events = 0
    for (const { framed } of this.#queue) {
      if (events > 0 && bytes + framed.length > this.#largestGroup) break
      if (!this.#hasRoomFor(bytes + framed.length)) break
      bytes += framed.length
      events++
    }
    return this.#queue.splice(0, events)
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const { segment, offset } = await this.#writer.write(Buffer.concat(group.map(({ framed }) => framed)))
      let at = offset
      for (const { framed, resolve } of group) {
        resolve({ segment, offset: at })
        at += framed.length
      }
      this.#events += group.length
      this.#bytes += at - offset
      this.#wake?.()
    } catch (error) {
      const failure = new OutboxUnwritable(`${this.#folder} can't be written; the event was not queued: ${String(error)}`, { cause: error })
      for (const { reject } of group) reject(failure)
    }
  }

  #arrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#wake = null
        signal.removeEventListener('abort', wake)
        resolve()
      }
      this.#wake = wake
      signal.addEventListener('abort', wake)
      const { segment, offset } = this.#reader.at
      if (signal.aborted || segment < this.end.segment || offset < this.end.offset) wake()
    })
  }

  async #removeBefore(segment: number): Promise<void> {
    if (this.#oldest >= segment) return
    for (; this.#oldest < segment; this.#oldest++) await rm(segmentFile(this.#folder, this.#oldest), { force: true })
    await syncFolder(this.#folder)
  }
}

function sum(queue: readonly Waiting[]): number {
  return queue.reduce((bytes, { framed }) => bytes + framed.length, 0)
}

interface Opened {
  readonly writer: SegmentWriter
  readonly cursor: Place
  readonly oldest: number
  readonly events: number
  readonly bytes: number
}

async function recover(folder: string, segmentBytes: number): Promise<Opened> {
  const cursor = readCursor(folder)
  const kept = await keptSegments(folder, cursor)
  const [first] = kept
  const last = kept.at(-1)
  if (first === undefined || last === undefined) return startAnew(folder, segmentBytes, (cursor?.segment ?? 0) + 1)
  const from = cursor?.segment === first ? Math.max(cursor.offset, MAGIC.length) : MAGIC.length
  let events = 0
  let bytes = 0
  let end = MAGIC.length
  for (const segment of kept) {
    const begin = segment === first ? from : MAGIC.length
    const { length, records } = await recoverSegment(segmentFile(folder, segment), begin, segment === last)
    events += records
    bytes += Math.max(0, length - begin)
    end = length
  }
  const writer = await SegmentWriter.open(folder, segmentBytes, { segment: last, offset: end })
  const settled = { segment: first, offset: first === last ? Math.min(from, end) : from }
  return { writer, cursor: settled, oldest: first, events, bytes }
}

async function startAnew(folder: string, segmentBytes: number, segment: number): Promise<Opened> {
  const writer = await SegmentWriter.open(folder, segmentBytes, { create: segment })
  return { writer, cursor: writer.end, oldest: segment, events: 0, bytes: 0 }
}

/**
 * Segments that end before the cursor hold nothing to send: their removal was interrupted. One that a full disk left without a beginning never
 * held anything: the one before it is still the last.
 */
async function keptSegments(folder: string, cursor: Place | null): Promise<number[]> {
  const all = await withoutUnbegun(folder, await segmentNumbers(folder))
  const settled = cursor === null ? [] : all.filter((segment) => segment < cursor.segment)
  for (const segment of settled) await rm(segmentFile(folder, segment))
  const kept = all.slice(settled.length)
  const missing = kept.find((segment, i) => i > 0 && segment !== (kept[i - 1] ?? segment) + 1)
  if (missing !== undefined) await stat(segmentFile(folder, missing - 1))
  return kept
}

async function withoutUnbegun(folder: string, segments: readonly number[]): Promise<readonly number[]> {
  const last = segments.at(-1)
  if (segments.length < 2 || last === undefined) return segments
  const file = segmentFile(folder, last)
  if ((await stat(file)).size >= MAGIC.length) return segments
  await rm(file)
  return segments.slice(0, -1)
}
