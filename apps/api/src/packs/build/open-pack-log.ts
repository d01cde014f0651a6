import {
  type EventReader,
  type KeyReader,
  type LeafIndex,
  type LogTiles,
  nodeDigests,
  type Position,
  type RecordedEvent,
  StoreCorrupt,
} from '@annal/ledger'
import {
  decodeUtf8,
  formatVerifierKey,
  type NoteSigner,
  parseHex,
  parseNote,
  parseTreeHead,
  proveConsistency,
  referenceKey,
  TokenMap,
  toBase64,
} from '@annal/proof'
import type { PackLog, PlacedEvent } from './pack-log.ts'
import type { PinnedHead } from './pinned-head.ts'

export interface PackLogSurroundings {
  readonly workspace: string
  readonly store: EventReader
  readonly keys: KeyReader
  readonly tiles: LogTiles
  readonly index: LeafIndex
  readonly signers: readonly NoteSigner[]
  readonly witnessPolicy: PackLog['witnessPolicy']
}

const PAGE = 500

/** A log at a pinned head, read from the sealer's files beside the sealer. */
export function openPackLog(head: PinnedHead, around: PackLogSurroundings): PackLog {
  const { tiles, index, store, workspace, signers } = around
  const { root, verifierKeys } = readNote(head, signers)
  const nodes = tiles.nodes(head.size)
  const indexKey = around.keys.indexKey(workspace)
  const entries = new EntryCache(tiles, head.size)
  const leafOf: PackLog['leafOf'] = ({ position }) => {
    const leaf = index.find([head.log], position)?.leaf ?? null
    return leaf === null || leaf >= head.size ? null : leaf
  }
  return {
    origin: head.origin,
    size: head.size,
    root,
    signedAt: head.signedAt,
    note: Buffer.from(head.note),
    witnessedBy: head.witnessedBy,
    witnessPolicy: around.witnessPolicy,
    timestamps: head.timestamps.map(({ authority, response }) => ({ authority, response: Buffer.from(response, 'base64') })),
    signers,
    verifierKeys,
    nodes,
    openingOf: (ref) => referenceKey(indexKey, ref, nodeDigests),
    entry: (leaf) => entries.of(leaf),
    leafOf,
    events: (from, to) => eventsOf({ store, index, workspace, log: head.log, leafOf }, from, to),
    mapProof: async (tokens) => mapAt(tiles, head.size).proveMany(tokens.map(bytesOf)),
    olderHeads: () =>
      head.olderSizes
        .filter((size) => size > 0 && size < head.size)
        .map((oldSize) => ({ oldSize, hashes: proveConsistency(oldSize, head.size, nodes, nodeDigests) })),
  }
}

/** The root that the note states, and which of our keys have signed it. */
function readNote({ note, log, size }: PinnedHead, signers: readonly NoteSigner[]) {
  const parsed = parseNote(Buffer.from(note))
  const head = parsed.status === 'parsed' ? parseTreeHead(parsed.note.text) : parsed
  if (parsed.status === 'refused' || head.status === 'refused')
    throw new StoreCorrupt(`expected a signed tree head of ${log}, found another note`)
  if (head.head.size !== size) throw new StoreCorrupt(`expected the head of ${log} at ${size}, found ${head.head.size}`)
  const { signatures } = parsed.note
  const signed = signers.filter(({ key }) => signatures.some(({ name, id }) => name === key.name && id === key.id))
  if (signed.length === 0) throw new StoreCorrupt(`expected a head of ${log} that a present key has signed, found none`)
  return { root: toBase64(head.head.root), verifierKeys: signed.map(({ key }) => formatVerifierKey(key)) }
}

interface EventSurroundings {
  readonly store: EventReader
  readonly index: LeafIndex
  readonly workspace: string
  readonly log: string
  readonly leafOf: PackLog['leafOf']
}

/** The store in its order, from behind the event of the leaf before. */
async function* eventsOf(around: EventSurroundings, from: number, to: number): AsyncGenerator<PlacedEvent> {
  if (from === to) return
  let next = from
  for await (const { leaf, recorded } of placedFrom(around, from)) {
    if (leaf !== next) throw new StoreCorrupt(`expected leaf ${next} of ${around.log} at ${recorded.position}, found ${leaf}`)
    yield { leaf, recorded }
    if (++next === to) return
  }
  throw new StoreCorrupt(`expected leaf ${next} of ${around.log} in the store, found its end`)
}

/** What was recorded before a log was continued is in the log before it. */
async function* placedFrom(around: EventSurroundings, from: number) {
  let begun = from > 0
  for await (const recorded of eventsAfter(around, from === 0 ? null : around.index.positionOf(around.log, from - 1))) {
    const leaf = around.leafOf(recorded)
    begun ||= leaf !== null
    if (begun) yield { leaf, recorded }
  }
}

async function* eventsAfter({ store, workspace }: EventSurroundings, from: Position | null): AsyncGenerator<RecordedEvent> {
  for (let after = from; ; ) {
    const page = await store.readAll({ after, limit: PAGE, streamPrefix: `${workspace}.` })
    yield* page
    const last = page.at(-1)
    if (last === undefined) return
    after = last.position
  }
}

/** Entries are asked for one by one in ascending order: a bundle is read once. */
class EntryCache {
  private first = 0
  private entries: readonly Uint8Array[] = []

  private readonly tiles: LogTiles
  private readonly size: number

  constructor(tiles: LogTiles, size: number) {
    this.tiles = tiles
    this.size = size
  }

  of(leaf: number): Uint8Array {
    const known = this.entries[leaf - this.first]
    if (leaf >= this.first && known !== undefined) return known
    this.first = leaf
    this.entries = [...this.tiles.entries(leaf, Math.min(this.size, leaf + 256))].map(({ bytes }) => bytes)
    const entry = this.entries[0]
    if (entry === undefined) throw new StoreCorrupt(`expected the entry of leaf ${leaf}, found none`)
    return entry
  }
}

/** The token map as it stood at this size, counted again from the entries. */
function mapAt(tiles: LogTiles, size: number): TokenMap {
  const map = new TokenMap(nodeDigests)
  for (const { leaf, bytes } of tiles.entries(0, size)) {
    const { refs }: { refs: readonly (readonly [string, number])[] } = JSON.parse(textOf(bytes))
    for (const [token] of refs) map.count(bytesOf(token), leaf)
  }
  return map
}

function bytesOf(hex: string): Uint8Array {
  const bytes = parseHex(hex)
  if (bytes === null) throw new StoreCorrupt(`expected a token, found ${hex}`)
  return bytes
}

function textOf(bytes: Uint8Array): string {
  const decoded = decodeUtf8(bytes)
  if (decoded.status === 'refused') throw new StoreCorrupt('expected UTF-8 in an entry, found other bytes')
  return decoded.text
}
