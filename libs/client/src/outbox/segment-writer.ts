import { type FileHandle, open } from 'node:fs/promises'
import { MAGIC, type Place, segmentFile, syncFolder } from './segments.ts'

/** Appends to the last segment of a folder, and begins a new one when that is long enough or a write to it failed. */
export class SegmentWriter {
  readonly #folder: string
  readonly #longest: number
  #handle: FileHandle
  #segment: number
  #length: number
  #broken = false

  private constructor(folder: string, longest: number, at: Place, handle: FileHandle) {
    this.#folder = folder
    this.#longest = longest
    this.#segment = at.segment
    this.#length = at.offset
    this.#handle = handle
  }

  /** `at`: where the next record goes, in a segment that exists; or `create`: the number of the first segment. */
  static async open(folder: string, longest: number, at: Place | { readonly create: number }): Promise<SegmentWriter> {
    if ('create' in at) {
      const handle = await createSegment(folder, at.create)
      return new SegmentWriter(folder, longest, { segment: at.create, offset: MAGIC.length }, handle)
    }
    return new SegmentWriter(folder, longest, at, await open(segmentFile(folder, at.segment), 'r+'))
  }

  /** Where the next record goes: everything before it is synced. */
  get end(): Place {
    return { segment: this.#segment, offset: this.#length }
  }

  /** Durable on return; gives where it begins. After an error nothing of it counts. */
  async write(framed: Buffer): Promise<Place> {
    if (this.#broken) await this.#putAside()
    else if (this.#length >= this.#longest) await this.#next()
    const begin = this.end
    try {
      for (let written = 0; written < framed.length; )
        written += (await this.#handle.write(framed, written, framed.length - written, begin.offset + written)).bytesWritten
      await this.#handle.datasync()
    } catch (error) {
      this.#broken = true
      throw error
    }
    this.#length += framed.length
    return begin
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  /** After a failed sync nobody knows what of the tail the disk has: it is cut off, and the segment not written again. */
  async #putAside(): Promise<void> {
    await this.#handle.truncate(this.#length)
    await this.#handle.sync()
    await this.#next()
    this.#broken = false
  }

  async #next(): Promise<void> {
    const handle = await createSegment(this.#folder, this.#segment + 1)
    await this.#handle.close()
    this.#handle = handle
    this.#segment++
    this.#length = MAGIC.length
  }
}

async function createSegment(folder: string, segment: number): Promise<FileHandle> {
  // What an attempt that failed left of it is overwritten: it never held a record.
  const handle = await open(segmentFile(folder, segment), 'w+', 0o600)
  try {
    await handle.write(MAGIC, 0, MAGIC.length, 0)
    await handle.sync()
    await syncFolder(folder)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}
