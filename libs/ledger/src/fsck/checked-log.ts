import { join } from 'node:path'
import { HASH_LENGTH, TILE_WIDTH, toBase64, type VerifierKey } from '@annal/proof'
import { type RecordedEvent, StoreCorrupt } from '../event-store.ts'
import type { ReferenceTokens } from '../seal/entry/reference-tokens.ts'
import { GrowingLog } from '../seal/growing-log.ts'
import type { PublishFolder } from '../seal/heads/publish-folder.ts'
import type { LeafIndex } from '../seal/index/seal-index.ts'
import { formatLogName, type LogName } from '../seal/log-name.ts'
import { Leaves } from '../seal/tiles/leaves.ts'
import { LogTiles } from '../seal/tiles/log-tiles.ts'
import type { HeadsOfLog } from './heads-at-start.ts'
import { Mismatch } from './mismatch.ts'
import { PublishedHead } from './published-head.ts'
import { SignedHeads } from './signed-heads.ts'

export interface LogFolders {
  readonly tiles: string
  readonly heads: string
  /** Where each head was written too, outside the data folder. */
  readonly published?: PublishFolder
  /** Where the server looks up the leaf of an event. */
  readonly leafIndex?: LeafIndex
}

export interface CheckedLogOptions {
  readonly log: LogName
  readonly tokens: ReferenceTokens
  readonly folders: LogFolders
  readonly signed: HeadsOfLog
  readonly keysOf: (origin: string) => readonly VerifierKey[]
}

/** How many leaves are compared with the files at once. */
const BATCH = 4_096

/** One log made again from the events, and compared with every file that the sealer wrote of it and every head that it signed. */
export class CheckedLog {
  readonly name: string
  /** Leaves under no signed head when the check began, or recorded since. */
  unsealed = 0
  readonly #growing: GrowingLog
  readonly #tiles: LogTiles
  readonly #heads: SignedHeads
  /** The size of the newest head: what comes behind it may not be in the files yet. */
  readonly #sealed: number
  readonly #published: PublishedHead
  readonly #leafIndex: LeafIndex | null
  #events: string[] = []
  /** The index is made from the log: what differs in the log is named before it. */
  #misplaced: Mismatch | null = null

  /** @throws Mismatch when its heads can't be read. */
  constructor({ log, tokens, folders, signed, keysOf }: CheckedLogOptions) {
    const { tiles, heads, leafIndex = null } = folders
    if (signed.newest instanceof Mismatch) throw signed.newest
    this.name = formatLogName(log)
    this.#published = new PublishedHead(this.name, signed.published, keysOf)
    this.#leafIndex = leafIndex
    this.#growing = GrowingLog.empty(log, null, tokens)
    this.#tiles = new LogTiles(join(tiles, this.name))
    this.#heads = new SignedHeads(heads, this.name, signed.length, keysOf)
    this.#sealed = signed.newest
  }

  get leaves(): number {
    return this.#growing.size
  }

  get heads(): number {
    return this.#heads.checked
  }

  /** @throws Mismatch at the first leaf, tile or head that the record doesn't give. */
  async add(event: RecordedEvent): Promise<void> {
    if (this.#growing.size >= this.#sealed) {
      this.unsealed++
      return
    }
    this.#growing.add(event)
    this.#events.push(`${event.stream}/${event.id}`)
    this.#compareIndex(event)
    const isSigned = (await this.#heads.next())?.size === this.#growing.size
    // A leaf that differs is named before the head over it.
    if (isSigned || this.#events.length >= BATCH) this.#compareFiles()
    if (isSigned) await this.#compareHeads()
    await this.#published.compare(this.#growing)
  }

  /** @throws Mismatch when a head was signed that the record does not reach. */
  async end(): Promise<void> {
    this.#compareFiles()
    const head = await this.#heads.next()
    if (head !== null && head.size > this.#sealed)
      throw new Mismatch({
        what: 'head',
        where: `${this.name} head ${this.#sealed}, the last in heads.jsonl`,
        expected: `the newest, ${head.size} or a later one`,
        found: 'an older one',
      })
    if (head !== null)
      throw new Mismatch({
        what: 'log',
        where: `${this.name} head ${head.size}`,
        expected: `${this.#sealed} leaves, for which a head was signed`,
        found: `${this.#growing.size} in the store: the newest are missing`,
      })
    await this.#published.requireKept({ leaves: this.#growing.size + this.unsealed, sealed: this.#sealed })
    if (this.#misplaced !== null) throw this.#misplaced
    this.#tiles.close()
  }

  #compareIndex({ position }: RecordedEvent): void {
    const leaf = this.#growing.size - 1
    const indexed = this.#leafIndex?.find([this.name], position)?.leaf ?? leaf
    if (indexed === leaf) return
    this.#misplaced ??= new Mismatch({
      what: 'index',
      where: `${this.name} leaf ${leaf}, event ${this.#events.at(-1)}, in log.db`,
      expected: `leaf ${leaf}`,
      found: `leaf ${indexed}: the record is not concerned, log.db is made anew where it is missing`,
    })
  }

  async #compareHeads(): Promise<void> {
    for (let head = await this.#heads.next(); head?.size === this.#growing.size; head = await this.#heads.next()) {
      const where = `${this.name} head ${head.size}`
      differ('head', where, toBase64(head.root), toBase64(this.#growing.root()))
      differ('map', where, toBase64(head.mapRoot), toBase64(this.#growing.mapRoot()))
      await this.#heads.met()
    }
  }

  #compareFiles(): void {
    const leaves = this.#growing.unwritten
    if (leaves.count === 0) return
    this.#growing.unwritten = new Leaves(this.#growing.size)
    try {
      this.#compareEntries(leaves)
      this.#compareHashes(leaves)
    } catch (error) {
      if (!(error instanceof StoreCorrupt)) throw error
      throw new Mismatch({ what: 'tile', where: this.name, expected: 'the files of the log', found: error.message })
    }
    this.#events = []
  }

  #compareEntries(leaves: Leaves): void {
    const made = leaves.entries()
    let at = 0
    for (const { leaf, bytes } of this.#tiles.entries(leaves.from, leaves.size)) {
      const length = ((made[at] ?? 0) << 8) | (made[at + 1] ?? 0)
      const entry = made.subarray(at + 2, at + 2 + length)
      at += 2 + length
      if (Buffer.compare(entry, bytes) !== 0)
        throw new Mismatch({
          what: 'entry',
          where: `${this.name} leaf ${leaf}, event ${this.#events[leaf - leaves.from]}`,
          expected: Buffer.from(bytes).toString(),
          found: Buffer.from(entry).toString(),
        })
    }
  }

  #compareHashes(leaves: Leaves): void {
    for (const [level, hashes] of leaves.hashes().entries()) {
      const first = Math.floor(leaves.from / TILE_WIDTH ** level)
      for (let i = 0; i < hashes.length / HASH_LENGTH; i++) {
        const index = Math.floor((first + i) / TILE_WIDTH)
        const width = ((first + i) % TILE_WIDTH) + 1
        const kept = this.#tiles.tile({ level, index, width }).subarray((width - 1) * HASH_LENGTH)
        differ(
          'tile',
          `${this.name} tile ${level}/${index}, hash ${width - 1}`,
          toBase64(kept),
          toBase64(hashes.subarray(i * HASH_LENGTH, (i + 1) * HASH_LENGTH)),
        )
      }
    }
  }
}

/** What the sealer signed or wrote, and what the events give. */
function differ(what: 'head' | 'map' | 'tile', where: string, kept: string, made: string): void {
  if (kept !== made) throw new Mismatch({ what, where, expected: kept, found: `${made} from the events` })
}
