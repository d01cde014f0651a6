/**
 * # A log as a few files
 *
 * C2SP tlog-tiles serves a log as many small files. On disk they would be 2 files for each 256 leaves, and each head would make some more
 * partial ones, all of them to be synced. What is served is the same bytes out of a few files that only grow, in `tiles/<log>/`:
 *
 *     hashes-0     the leaves' hashes side by side: tile n of level 0 is bytes 8192 n … 8192 n + 32 w
 *     hashes-1     the roots of full tiles of level 0, and so on: `hashes-<level>`
 *     entries      all entries, each behind its length in two bytes: bundles side by side
 *     bundle-ends  behind which byte of `entries` each full bundle ends: big-endian 64-bit integers
 *
 * What the files hold beyond the newest signed head means nothing yet: it is written again, at the same place. What a signed head covers
 * is never written again.
 */

import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HASH_LENGTH, TILE_WIDTH } from '@annal/proof'
import type { Leaves } from './leaves.ts'

export const ENTRIES = 'entries'
export const BUNDLE_ENDS = 'bundle-ends'
export const OFFSET_BYTES = 8

export function hashesFile(level: number): string {
  return `hashes-${level}`
}

/** Writes one log's files. */
export class LogFiles {
  readonly folder: string
  /** Where the entries of what was written end. */
  #end: number
  #made = false

  /** @param end how many bytes of `entries` the leaves before the next one take. */
  constructor(folder: string, end: number) {
    this.folder = folder
    this.#end = end
  }

  get end(): number {
    return this.#end
  }

  /** Counts leaves that the files hold already. */
  skip(leaves: Leaves): void {
    this.#end += leaves.length
  }

  /** Writes leaves behind what is there; durable when it resolves. Repeating it after a failure is harmless. */
  async append(leaves: Leaves): Promise<void> {
    if (!this.#made) this.#makeFolder()
    const writes = leaves
      .hashes()
      .map((bytes, level) => this.#write(hashesFile(level), bytes, hashesBefore(leaves.from, level) * HASH_LENGTH))
    writes.push(this.#write(ENTRIES, leaves.entries(), this.#end))
    if (leaves.bundleEnds.length > 0) {
      writes.push(this.#write(BUNDLE_ENDS, this.#ends(leaves), Math.floor(leaves.from / TILE_WIDTH) * OFFSET_BYTES))
    }
    await Promise.all(writes)
    this.#end += leaves.length
  }

  #ends({ bundleEnds }: Leaves): Uint8Array {
    const bytes = Buffer.alloc(bundleEnds.length * OFFSET_BYTES)
    for (const [i, end] of bundleEnds.entries()) bytes.writeBigUInt64BE(BigInt(this.#end + end), i * OFFSET_BYTES)
    return bytes
  }

  async #write(name: string, bytes: Uint8Array, at: number): Promise<void> {
    const file = await this.#open(join(this.folder, name))
    try {
      for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
      await file.datasync()
    } finally {
      await file.close()
    }
  }

  async #open(path: string): Promise<FileHandle> {
    try {
      return await open(path, 'r+')
    } catch (error) {
      if (!isMissing(error)) throw error
      const made = await open(path, 'a+')
      await made.close()
      syncFolder(this.folder)
      return open(path, 'r+')
    }
  }

  #makeFolder(): void {
    mkdirSync(this.folder, { recursive: true })
    syncFolder(dirname(this.folder))
    this.#made = true
  }
}

/** Makes the entries of a folder durable. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function hashesBefore(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
