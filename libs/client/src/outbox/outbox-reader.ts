import { type FileHandle, open } from 'node:fs/promises'
import { OutboxCorrupt } from '../errors.ts'
import { LARGEST_PAYLOAD, unframe } from './frame.ts'
import { MAGIC, type Place, segmentFile } from './segments.ts'

/** An event that waits in the outbox. */
export interface KeptEvent {
  readonly place: Place
  /** Where the next one begins. */
  readonly next: Place
  /** JSON. */
  readonly envelope: string
  /** Of its JSON. */
  readonly bytes: number
}

export interface BatchLimits {
  readonly events: number
  readonly bytes: number
}

/** More than the largest record takes. */
const SLICE = 2 * LARGEST_PAYLOAD

/** Reads events in their order, each once. */
export class OutboxReader {
  readonly #folder: string
  #at: Place
  #opened: { readonly segment: number; readonly handle: FileHandle } | null = null

  constructor(folder: string, at: Place) {
    this.#folder = folder
    this.#at = at
  }

  get at(): Place {
    return this.#at
  }

  /** The next events up to `end`; none when there are none. @throws OutboxCorrupt */
  async next(end: Place, limits: BatchLimits): Promise<KeptEvent[]> {
    const batch: KeptEvent[] = []
    let bytes = 0
    while (batch.length < limits.events && bytes < limits.bytes) {
      const slice = await this.#slice(end)
      if (slice === null) break
      for (const kept of slice) {
        if (batch.length === limits.events || (batch.length > 0 && bytes + kept.bytes > limits.bytes)) return batch
        batch.push(kept)
        bytes += kept.bytes
        this.#at = kept.next
      }
    }
    return batch
  }

  async close(): Promise<void> {
    await this.#opened?.handle.close()
    this.#opened = null
  }

  /** Whole records from where we are, or null at the end. */
  async #slice(end: Place): Promise<KeptEvent[] | null> {
    const handle = await this.#open(this.#at.segment)
    const isLast = this.#at.segment === end.segment
    const until = isLast ? end.offset : (await handle.stat()).size
    const length = Math.min(SLICE, until - this.#at.offset)
    if (length <= 0) {
      if (isLast) return null
      this.#at = { segment: this.#at.segment + 1, offset: MAGIC.length }
      return []
    }
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await handle.read(buffer, 0, length, this.#at.offset)
    return this.#records(buffer.subarray(0, bytesRead))
  }

  #records(bytes: Buffer): KeptEvent[] {
    const { segment, offset } = this.#at
    const kept: KeptEvent[] = []
    for (let from = 0; ; ) {
      const record = unframe(bytes, from)
      if (record.status === 'damaged' || (record.status === 'incomplete' && kept.length === 0))
        throw new OutboxCorrupt(
          segmentFile(this.#folder, segment),
          offset + from,
          record.status === 'damaged' ? record.found : 'half a record',
        )
      if (record.status === 'incomplete') return kept
      const { payload, end } = record
      kept.push({
        place: { segment, offset: offset + from },
        next: { segment, offset: offset + end },
        envelope: payload.toString('utf8'),
        bytes: payload.length,
      })
      if (end === bytes.length) return kept
      from = end
    }
  }

  async #open(segment: number): Promise<FileHandle> {
    if (this.#opened?.segment === segment) return this.#opened.handle
    await this.close()
    const handle = await open(segmentFile(this.#folder, segment), 'r')
    this.#opened = { segment, handle }
    return handle
  }
}
