import { join } from 'node:path'
import {
  type NoteSigner,
  noteBytes,
  proveConsistency,
  signNote,
  type TreeHead,
  treeHeadText,
  treeRoot,
  verifyConsistency,
} from '@annal/proof'
import type { RecordedEvent } from '../event-store.ts'
import { nodeDigests } from '../keys/node-digests.ts'
import type { GrowingLog } from './growing-log.ts'
import { LogHeads, type StoredHead } from './heads/head-store.ts'
import type { KnownHead } from './heads/known-head.ts'
import type { PublishFolder } from './heads/publish-folder.ts'
import type { SealIndex } from './index/seal-index.ts'
import { Leaves } from './tiles/leaves.ts'
import { LogFiles } from './tiles/log-files.ts'
import { LogTiles } from './tiles/log-tiles.ts'

/** Where the sealer keeps what it makes. */
export interface SealFolders {
  /** `tiles/` */
  readonly tiles: string
  /** `heads/` */
  readonly heads: string
}

/**
 * `open`: it seals. `closed`: the record does not extend a head that was signed; appends are refused. `failed`: it could not seal; appends
 * go on. `ended`: it was continued under another origin.
 */
export type LogStanding =
  | { readonly status: 'open' }
  | { readonly status: 'closed'; readonly reason: string; readonly head: KnownHead; readonly otherRoot: Uint8Array | null }
  | { readonly status: 'failed'; readonly reason: string }
  | { readonly status: 'ended' }

/**
 * How the leaves get into the files. `checked`: the files hold them; they are counted again only until the tree has grown to the newest
 * head. `rebuilt`: into new files beside the old ones. `live`: behind what the files hold.
 */
export type Filling = 'checked' | 'rebuilt' | 'live'

/** What sealing needs beside the log. */
export interface SealSurroundings {
  readonly index: SealIndex
  readonly publish: PublishFolder | null
  readonly signers: (origin: string) => readonly NoteSigner[]
  readonly now: () => number
  /** Called for each head that is shown. */
  readonly onSealed: (log: SealedLog, leaves: Leaves) => void
  /** Called between the steps; a test may throw here, as a crash would. */
  readonly onStep: (step: SealStep) => void
}

export type SealStep = 'taken' | 'written' | 'indexed' | 'signed' | 'kept' | 'published'

/** Leaves on their way under a head. */
interface Batch {
  readonly leaves: Leaves
  readonly size: number
  readonly root: Uint8Array
  readonly mapRoot: Uint8Array
  written: boolean
  head: StoredHead | null
}

/** One log with its files and its heads. */
export class SealedLog {
  readonly growing: GrowingLog
  readonly heads: LogHeads
  filling: Filling
  standing: LogStanding = { status: 'open' }
  files: LogFiles
  /** The newest head that was published. */
  shown: StoredHead | null = null
  /** How many leaves the files hold. */
  written: number
  readonly tiles: LogTiles
  /** Heads that the tree has not grown to yet, smallest first. */
  readonly #marks: KnownHead[]
  #signed: Pick<TreeHead, 'size' | 'root'> | null
  #batch: Batch | null = null
  /** Leaves that the files held already and the index perhaps not. */
  #met: Leaves | null = null
  /** True when what the record gives is not what the files hold: they are left as they are. */
  #differs = false

  constructor(
    growing: GrowingLog,
    folders: SealFolders,
    start: { readonly filling: Filling; readonly end: number; readonly marks: readonly KnownHead[] },
  ) {
    this.growing = growing
    this.filling = start.filling
    this.heads = new LogHeads(join(folders.heads, growing.name))
    this.tiles = new LogTiles(join(folders.tiles, growing.name))
    this.files = new LogFiles(join(folders.tiles, start.filling === 'rebuilt' ? `${growing.name}.rebuilt` : growing.name), start.end)
    this.written = growing.size
    this.#marks = start.marks.toSorted((a, b) => a.size - b.size)
    this.#signed = this.#marks.at(-1) ?? null
    if (this.filling === 'checked') this.#checkPast()
    if (this.filling === 'checked' && this.#marks.length === 0) this.filling = 'live'
  }

  /** The heads that the tree has not grown to. */
  get unmet(): readonly KnownHead[] {
    return this.#marks
  }

  /** True when there is something to seal, and nothing that forbids it. */
  get isDue(): boolean {
    if (this.#differs || this.standing.status === 'ended') return false
    const sealed = this.growing.origin === null ? this.written : (this.shown?.size ?? 0)
    return this.growing.size > sealed || this.#batch !== null
  }

  /** Recorded when, the oldest event that is under no shown head; null when all are. */
  get unsealedSince(): string | null {
    if (this.growing.size <= (this.shown?.size ?? 0)) return null
    return this.#batch?.leaves.recordedAt[0] ?? this.growing.unwritten.recordedAt[0] ?? this.growing.at
  }

  /** Sealing did not succeed. `for good`: nothing is signed until somebody has looked into it and started again. */
  fail(reason: string, how: 'for now' | 'for good' = 'for now'): void {
    if (this.standing.status === 'open' || this.standing.status === 'failed') this.standing = { status: 'failed', reason }
    if (how === 'for good') this.#differs = true
  }

  /** Shows the newest head that was kept: a crash may have come before it was published. */
  resume(publish: PublishFolder | null): void {
    const newest = this.heads.newest()
    if (newest === null) return
    publish?.publish(this.growing.name, newest.size, newest.note)
    this.shown = newest
  }

  add(event: RecordedEvent): void {
    this.growing.add(event)
    if (this.#marks[0]?.size !== this.growing.size) return
    while (this.#marks[0]?.size === this.growing.size) this.#meet(this.growing.root(), this.growing.mapRoot())
    if (this.filling === 'checked' && this.#marks.length === 0 && !this.#differs) this.#goLive()
  }

  close(head: KnownHead, reason: string, otherRoot: Uint8Array | null = null): void {
    if (this.standing.status === 'closed' || this.standing.status === 'ended') return
    this.standing = { status: 'closed', reason, head, otherRoot }
    this.#differs = true
  }

  /** It was continued under another origin. */
  end(): void {
    if (this.#marks.length > 0) this.#differs = true
    this.standing = { status: 'ended' }
  }

  /** True when its files were written anew and may take the place of the old ones. */
  get isRebuilt(): boolean {
    return this.filling === 'rebuilt' && !this.#differs
  }

  /** Its new files are in the place of the old ones. */
  settle(files: LogFiles): void {
    this.files = files
    this.filling = 'live'
  }

  /** Brings what was added into the files, durable, without a head. */
  async flush(index: SealIndex): Promise<void> {
    if (this.#met !== null) index.addLeaves(this.growing.name, this.#met.from, this.#met.positions)
    this.#met = null
    const leaves = this.growing.unwritten
    if (this.#differs) this.growing.unwritten = new Leaves(this.growing.size)
    // Until the newest head is met, nobody knows whether the files hold these leaves or others.
    if (leaves.count === 0 || this.#differs || this.filling === 'checked') return
    await this.files.append(leaves)
    index.addLeaves(this.growing.name, leaves.from, leaves.positions)
    this.growing.unwritten = new Leaves(this.growing.size)
    this.written = this.growing.size
  }

  /** Everything that was added gets under a head. Whatever fails can be tried again. */
  async seal(around: SealSurroundings): Promise<void> {
    const batch = this.#batch ?? this.#take()
    this.#batch = batch
    around.onStep('taken')
    await this.#write(batch, around)
    const { origin } = this.growing
    if (origin === null) {
      this.#batch = null
      return
    }
    batch.head ??= await this.#sign(batch, origin, around)
    around.onStep('signed')
    this.#keep(batch.head)
    this.#signed = batch
    around.onStep('kept')
    around.publish?.publish(this.growing.name, batch.head.size, batch.head.note)
    around.onStep('published')
    this.shown = batch.head
    this.#batch = null
    if (this.standing.status === 'failed') this.standing = { status: 'open' }
    around.onSealed(this, batch.leaves)
  }

  #goLive(): void {
    const leaves = this.growing.unwritten
    this.files.skip(leaves)
    this.#met = leaves
    this.growing.unwritten = new Leaves(this.growing.size)
    this.written = this.growing.size
    this.filling = 'live'
  }

  #take(): Batch {
    const { growing } = this
    const leaves = growing.unwritten
    growing.unwritten = new Leaves(growing.size)
    return { leaves, size: growing.size, root: growing.root(), mapRoot: growing.mapRoot(), written: false, head: null }
  }

  async #write(batch: Batch, { index, onStep }: SealSurroundings): Promise<void> {
    if (batch.written) return
    if (batch.leaves.count > 0) await this.files.append(batch.leaves)
    batch.written = true
    this.written = batch.size
    onStep('written')
    if (batch.leaves.count > 0) index.addLeaves(this.growing.name, batch.leaves.from, batch.leaves.positions)
    onStep('indexed')
  }

  async #sign({ size, root, mapRoot, leaves }: Batch, origin: string, { signers, now }: SealSurroundings): Promise<StoredHead> {
    this.#requireExtension(size, root)
    const note = await signNote(treeHeadText({ origin, size, root, mapRoot }), signers(origin))
    const at = now()
    const oldest = leaves.recordedAt[0]
    const lag = oldest === undefined ? 0 : Math.max(0, at - Date.parse(oldest))
    return { size, at: new Date(at).toISOString(), lag, note: Buffer.from(noteBytes(note)).toString() }
  }

  /** What is signed must continue what was signed: proven from what the files hold, not believed. */
  #requireExtension(size: number, root: Uint8Array): void {
    const nodes = this.tiles.nodes(size)
    const fromFiles = treeRoot(size, nodes, nodeDigests)
    if (!Buffer.from(fromFiles).equals(root))
      throw new NotAnExtension(`expected the files of size ${size} to give the tree's root, found another`)
    const signed = this.#signed
    if (signed === null || signed.size === 0) return
    if (signed.size > size) throw new NotAnExtension(`expected a tree of at least ${signed.size} leaves, found ${size}`)
    const proof = signed.size === size ? [] : proveConsistency(signed.size, size, nodes, nodeDigests)
    const claim = { oldSize: signed.size, newSize: size, oldRoot: signed.root, newRoot: root, proof }
    const verdict = verifyConsistency(claim, nodeDigests)
    if (verdict.status === 'refused')
      throw new NotAnExtension(`expected size ${size} to extend the signed head of ${signed.size}: ${verdict.reason}`)
  }

  #keep(head: StoredHead): void {
    const newest = this.heads.newest()
    if (newest?.size === head.size && newest.note === head.note) return
    this.heads.append(head)
  }

  /** Heads up to the size that the files hold are looked up in them. */
  #checkPast(): void {
    while ((this.#marks[0]?.size ?? Number.POSITIVE_INFINITY) <= this.growing.size) {
      const { size } = this.#marks[0] ?? { size: 0 }
      this.#meet(treeRoot(size, this.tiles.nodes(size), nodeDigests), size === this.growing.size ? this.growing.mapRoot() : null)
    }
  }

  /** @param mapRoot null where only the tree can be compared. */
  #meet(root: Uint8Array, mapRoot: Uint8Array | null): void {
    const head = this.#marks.shift()
    if (head === undefined) return
    if (!Buffer.from(root).equals(head.root))
      this.close(head, `The record gives another tree of ${head.size} leaves than the head that was signed (${head.foundIn}).`, root)
    else if (mapRoot !== null && !Buffer.from(mapRoot).equals(head.mapRoot))
      this.close(head, `The record gives another token map at ${head.size} leaves than the head that was signed (${head.foundIn}).`, root)
  }
}

/** The tree does not continue the last signed head: nothing is signed. */
export class NotAnExtension extends Error {
  override readonly name = 'NotAnExtension'
}
