import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Attestation,
  LeafIndex,
  LogHeads,
  LogTiles,
  nodeDigests,
  type Position,
  type SealFolders,
  type StoredHead,
} from '@annal/ledger'
import { leafHash, parseEntry, parseNote, parseTreeHead, proveInclusion, tlogProofText, toBase64, toHex } from '@annal/proof'

export interface LogReaderFiles {
  readonly folders: SealFolders
  /** `log.db` */
  readonly index: string
}

/** `SignedTreeHead` of the SDL. */
export interface SignedTreeHeadView {
  readonly size: string
  readonly root: string
  readonly mapRoot: string
  readonly signedAt: string
  readonly note: string
  readonly witnessedBy: readonly string[]
  readonly timestampedAt: string | null
}

/** `InclusionProof` of the SDL. */
export interface InclusionProofView {
  readonly leafIndex: string
  readonly treeSize: string
  readonly entry: string
  readonly leafHash: string
  readonly path: readonly string[]
  readonly root: string
  readonly head: SignedTreeHeadView
  readonly proof: string
}

export interface LogPointView {
  readonly at: string
  readonly size: string
  readonly lagMilliseconds: number
}

/** A log and the newest head that it shows. */
export interface ShownLog {
  readonly name: string
  readonly head: StoredHead
}

interface SealedEvent {
  readonly position: string
  readonly commitment: string
}

const POINTS = 200
const SPAN = 24 * 3_600_000

/** Proofs and heads out of the sealer's files. Blocking: for a worker. */
export class LogReader {
  private readonly tiles = new Map<string, LogTiles>()
  private readonly files: LogReaderFiles
  private index: LeafIndex | null = null

  constructor(files: LogReaderFiles) {
    this.files = files
  }

  /** Null while the event is under none of these heads. @throws when the log says something else of it than the record. */
  inclusionProof({ position, commitment }: SealedEvent, logs: readonly ShownLog[]): InclusionProofView | null {
    const names = logs.map(({ name }) => name)
    const found = this.leaves()?.find(names, position as Position) ?? null
    const log = logs.find(({ name }) => name === found?.name)
    if (found === null || log === undefined || found.leaf >= log.head.size) return null
    const { size, note } = log.head
    const tiles = this.tilesOf(log.name)
    const entry = tiles.entry(found.leaf)
    const parsed = parseEntry(entry)
    if (parsed.status === 'refused' || parsed.entry.commit !== commitment)
      throw new Error(`expected entry ${found.leaf} of ${log.name} to be of the event at ${position}, found another`)
    const path = proveInclusion(found.leaf, size, tiles.nodes(size), nodeDigests)
    const head = this.view(log.name, log.head)
    return {
      leafIndex: String(found.leaf),
      treeSize: String(size),
      entry: Buffer.from(entry).toString(),
      leafHash: toHex(leafHash(entry, nodeDigests)),
      path: path.map(toBase64),
      root: head.root,
      head,
      proof: tlogProofText({ extra: null, index: found.leaf, hashes: path, checkpoint: note }),
    }
  }

  /** At most `limit` heads of a smaller size (null: any), newest first. */
  heads(name: string, before: number | null, limit: number): SignedTreeHeadView[] {
    return this.headsOf(name)
      .before(before, limit)
      .map((head) => this.view(name, head))
  }

  /** The heads of the last 24 hours, evenly thinned to at most 200. */
  history(name: string, now: number): LogPointView[] {
    const heads = this.headsOf(name)
    const points: LogPointView[] = []
    for (let slot = 1; slot <= POINTS; slot++) {
      const from = new Date(now - SPAN + ((slot - 1) * SPAN) / POINTS).toISOString()
      const head = heads.signedBy(new Date(now - SPAN + (slot * SPAN) / POINTS).toISOString())
      if (head !== null && head.at > from) points.push({ at: head.at, size: String(head.size), lagMilliseconds: head.lag })
    }
    return points
  }

  /** What a head says, and who else has seen it. */
  head(name: string, head: StoredHead): SignedTreeHeadView {
    return this.view(name, head)
  }

  /** The newest attestations of any head, newest first. */
  newestAttestations(name: string, limit: number): Attestation[] {
    return this.headsOf(name).newestAttestations(limit)
  }

  private view(name: string, { size, at, note }: StoredHead): SignedTreeHeadView {
    const attestations = this.headsOf(name).attestationsOf(size)
    const parsed = parseNote(Buffer.from(note))
    const head = parsed.status === 'parsed' ? parseTreeHead(parsed.note.text) : parsed
    if (head.status === 'refused') throw new Error(`expected a signed head of ${name} at ${size}, found ${head.reason}`)
    return {
      size: String(size),
      root: toBase64(head.head.root),
      mapRoot: toBase64(head.head.mapRoot),
      signedAt: at,
      note,
      witnessedBy: attestations.flatMap((said) => (said.kind === 'cosignature' ? [said.witness] : [])),
      timestampedAt: attestations.find(({ kind }) => kind === 'timestamp')?.at ?? null,
    }
  }

  private headsOf(name: string): LogHeads {
    return new LogHeads(join(this.files.folders.heads, name))
  }

  private tilesOf(name: string): LogTiles {
    const known = this.tiles.get(name) ?? new LogTiles(join(this.files.folders.tiles, name))
    this.tiles.set(name, known)
    return known
  }

  /** Made by the sealer at its first start: it may come later than the first question. */
  private leaves(): LeafIndex | null {
    if (this.index === null && existsSync(this.files.index)) this.index = new LeafIndex(this.files.index)
    return this.index
  }
}
