import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { comparePositions, type EventReader, type RecordedEvent, StoreCorrupt } from '../../event-store.ts'
import type { ReferenceTokens } from '../entry/reference-tokens.ts'
import { GrowingLog } from '../growing-log.ts'
import type { KnownHead } from '../heads/known-head.ts'
import { type Checkpoint, ENDED, type LogCheckpoint, type SealIndex } from '../index/seal-index.ts'
import { LogBook } from '../log-book.ts'
import { parseLogName } from '../log-name.ts'
import { type Filling, SealedLog, type SealFolders } from '../sealed-log.ts'
import { LogFiles, syncFolder } from '../tiles/log-files.ts'
import { LogTiles } from '../tiles/log-tiles.ts'
import { isTrusted } from './trust-checkpoint.ts'

export interface StartOptions {
  readonly events: EventReader
  readonly index: SealIndex
  readonly folders: SealFolders
  readonly tokensOf: (workspace: string) => ReferenceTokens
  /** Makes what the logs of these events need before they are counted. */
  readonly prepare: (events: readonly RecordedEvent[]) => Promise<void>
  /** Signed heads by the names of their logs: the logs must extend them. */
  readonly known: ReadonlyMap<string, readonly KnownHead[]>
}

const SLICE = 500
const FLUSH_EVERY = 10_000

/**
 * The logs as the record has them now, each compared with the heads that were signed for it. They go on from the checkpoint if it can be
 * trusted; otherwise they are made from the events again, beside the files that are there. Where a signed head contradicts what went on from
 * a checkpoint, the checkpoint may be what is wrong: only the events can say that the record went back.
 */
export async function openLogBook(options: StartOptions): Promise<LogBook> {
  removeLeftovers(options.folders.tiles)
  const checkpoint = await trustedCheckpoint(options)
  const resumed = await grown(checkpoint, options)
  const book = checkpoint !== null && isContradicted(resumed) ? await grown(null, options) : resumed
  if (book !== resumed) for (const log of resumed.all()) log.tiles.close()
  for (const log of book.all()) replaceFiles(log, options.folders)
  return book
}

async function grown(checkpoint: Checkpoint | null, options: StartOptions): Promise<LogBook> {
  const { book, goLive } = resume(checkpoint, options)
  await catchUp(book, options)
  goLive()
  closeUnmet(book, options.known)
  return book
}

function isContradicted(book: LogBook): boolean {
  return book.all().some(({ standing }) => standing.status === 'closed')
}

interface Resumed {
  readonly book: LogBook
  /** From now on leaves of new logs go straight into their files. */
  goLive(): void
}

function resume(checkpoint: Checkpoint | null, options: StartOptions): Resumed {
  const { index, tokensOf, folders, known } = options
  if (checkpoint === null) index.clear()
  let filling: Filling = checkpoint === null ? 'rebuilt' : 'checked'
  const sealedLog = (growing: GrowingLog) => new SealedLog(growing, folders, { filling, end: 0, marks: known.get(growing.name) ?? [] })
  const logs = (checkpoint?.logs ?? []).toSorted(byGeneration).map((log) => continued(log, options))
  const book = new LogBook({ logs, position: checkpoint?.position ?? null, tokensOf, sealedLog })
  const goLive = () => {
    filling = 'live'
  }
  return { book, goLive }
}

async function trustedCheckpoint({ index, events, folders, known }: StartOptions): Promise<Checkpoint | null> {
  const checkpoint = index.checkpoint()
  const folderOf = (name: string) => join(folders.tiles, name)
  if (checkpoint === null || !(await isTrusted(checkpoint, events, folderOf))) return null
  for (const [name, heads] of known) if (!holds(folderOf(name), Math.max(0, ...heads.map(({ size }) => size)))) return null
  return checkpoint
}

function holds(folder: string, size: number): boolean {
  const tiles = new LogTiles(folder)
  try {
    return tiles.holds(size)
  } finally {
    tiles.close()
  }
}

function byGeneration(a: LogCheckpoint, b: LogCheckpoint): number {
  const [left, right] = [parseLogName(a.name), parseLogName(b.name)]
  if (left === null || right === null) throw new StoreCorrupt(`expected names of logs in the index, found ${a.name} and ${b.name}`)
  return left.workspace === right.workspace ? left.generation - right.generation : left.workspace < right.workspace ? -1 : 1
}

function continued(checkpoint: LogCheckpoint, { index, folders, tokensOf, known }: StartOptions): SealedLog {
  const { name, origin, size, at, last, closed } = checkpoint
  const log = parseLogName(name)
  if (log === null) throw new StoreCorrupt(`expected the name of a log in the index, found ${name}`)
  const tokens = tokensOf(log.workspace)
  if (closed === ENDED) {
    const ended = new SealedLog(GrowingLog.empty(log, origin, tokens), folders, { filling: 'live', end: 0, marks: [] })
    ended.end()
    return ended
  }
  const tiles = new LogTiles(join(folders.tiles, name))
  const edge = edgeOf(tiles, size)
  const end = tiles.entriesEnd(size)
  tiles.close()
  const growing = new GrowingLog({ log, origin, size, edge, at, last, tallies: index.tallies(name) }, tokens)
  return new SealedLog(growing, folders, { filling: 'checked', end, marks: known.get(name) ?? [] })
}

/** The complete subtrees that make up the tree, largest first. */
function edgeOf(tiles: LogTiles, size: number): Uint8Array[] {
  const nodes = tiles.nodes(size)
  const hashes: Uint8Array[] = []
  let before = 0
  for (let level = Math.floor(Math.log2(Math.max(1, size))) + 1; level >= 0; level--) {
    const width = 2 ** level
    if (Math.floor(size / width) % 2 === 0) continue
    hashes.push(nodes(level, before / width))
    before += width
  }
  return hashes
}

/** Everything that is recorded now, without signing anything. */
async function catchUp(book: LogBook, { events, index, prepare }: StartOptions): Promise<void> {
  const target = await events.head()
  let since = 0
  while (target !== null && (book.position === null || comparePositions(book.position, target) < 0)) {
    const slice = await events.readAll({ after: book.position, limit: SLICE })
    if (slice.length === 0) break
    await prepare(slice)
    for (const event of slice) book.add(event)
    since += slice.length
    if (since >= FLUSH_EVERY) {
      await flush(book, index)
      since = 0
    }
  }
  await flush(book, index)
}

async function flush(book: LogBook, index: SealIndex): Promise<void> {
  for (const log of book.all()) await log.flush(index)
}

/** A signed head that the log has not grown to means that the record went back. */
function closeUnmet(book: LogBook, known: ReadonlyMap<string, readonly KnownHead[]>): void {
  for (const [name, heads] of known) {
    const log = parseLogName(name)
    const newest = heads.toSorted((a, b) => b.size - a.size)[0]
    if (log === null || newest === undefined) continue
    const current = book.current(log.workspace)
    // A log that was continued is compared no more: what is missing of it is what `LogContinued` tells.
    if (current !== null && current.growing.log.generation > log.generation) continue
    const size = book.named(name)?.growing.size ?? 0
    const isMissing = book.named(name) === null || (book.named(name)?.unmet.length ?? 0) > 0
    if (isMissing) closeBehind(book, newest, { name, workspace: log.workspace, size })
  }
}

function closeBehind(book: LogBook, head: KnownHead, { name, workspace, size }: { name: string; workspace: string; size: number }): void {
  const reason = `The record gives ${size} leaves of ${name}, but a head of ${head.size} leaves was signed (${head.foundIn}): the store went back.`
  book.closeWorkspace(workspace, head, reason)
}

/** Files that were written anew take the place of the old ones, which no signed head contradicts. */
function replaceFiles(log: SealedLog, { tiles }: SealFolders): void {
  const { name } = log.growing
  const anew = join(tiles, `${name}.rebuilt`)
  if (!log.isRebuilt) {
    rmSync(anew, { recursive: true, force: true })
    return
  }
  const old = join(tiles, `${name}.replaced`)
  if (existsSync(join(tiles, name))) renameSync(join(tiles, name), old)
  if (existsSync(anew)) renameSync(anew, join(tiles, name))
  if (existsSync(tiles)) syncFolder(tiles)
  rmSync(old, { recursive: true, force: true })
  log.tiles.close()
  log.settle(new LogFiles(join(tiles, name), log.files.end))
}

/** What a crash left of a rebuild. The index was cleared before it, so everything is made from the events. */
function removeLeftovers(tiles: string): void {
  if (!existsSync(tiles)) return
  for (const name of readdirSync(tiles)) {
    const [, log = null] = /^(.+)\.(?:rebuilt|replaced)$/.exec(name) ?? []
    if (log === null) continue
    if (name.endsWith('.replaced') && !existsSync(join(tiles, log))) renameSync(join(tiles, name), join(tiles, log))
    else rmSync(join(tiles, name), { recursive: true, force: true })
  }
}
