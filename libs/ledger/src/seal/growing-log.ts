import { entryText, HASH_LENGTH, type TokenCount, TokenMap, type TokenTally, TreeEdge, type TreeSize } from '@annal/proof'
import type { Position, RecordedEvent } from '../event-store.ts'
import { nodeDigests } from '../keys/node-digests.ts'
import { commitmentOf, LeafWriter } from './entry/leaf-digests.ts'
import { leafFacts } from './entry/leaf-facts.ts'
import type { ReferenceTokens } from './entry/reference-tokens.ts'
import { formatLogName, type LogName } from './log-name.ts'
import { Leaves } from './tiles/leaves.ts'

/** The event behind a leaf: where it stands in the store. */
export interface LeafSource {
  readonly position: Position
  readonly stream: string
  readonly id: string
}

/** All that a log must remember to grow. */
export interface LogState {
  readonly log: LogName
  /** Null until the record says it. */
  readonly origin: string | null
  readonly size: TreeSize
  /** Hashes of the complete subtrees, as `TreeEdge` has them. */
  readonly edge: readonly Uint8Array[]
  /** Ledger time of the last leaf; empty before the first. */
  readonly at: string
  readonly last: LeafSource | null
  readonly tallies: Iterable<TokenTally>
}

/**
 * One log in memory: entries are a pure function of the events before them, so whatever the chunks in which events come, the same tree
 * grows.
 */
export class GrowingLog {
  readonly log: LogName
  readonly name: string
  origin: string | null
  /** Leaves that no file holds yet. */
  unwritten: Leaves
  readonly #tokens: ReferenceTokens
  readonly #edge: TreeEdge
  readonly #map = new TokenMap(nodeDigests)
  #at: string
  #last: LeafSource | null
  /** In hex. */
  #changed = new Set<string>()
  readonly #leaf = new LeafWriter()
  /** The bytes of the token that is counted. */
  readonly #token = Buffer.alloc(HASH_LENGTH)

  constructor({ log, origin, size, edge, at, last, tallies }: LogState, tokens: ReferenceTokens) {
    this.log = log
    this.name = formatLogName(log)
    this.origin = origin
    this.#tokens = tokens
    this.#edge = new TreeEdge({ size, hashes: edge }, nodeDigests)
    this.#at = at
    this.#last = last
    this.unwritten = new Leaves(size)
    for (const { token, count, last } of tallies) this.#map.insert(token, count, last)
  }

  static empty(log: LogName, origin: string | null, tokens: ReferenceTokens): GrowingLog {
    return new GrowingLog({ log, origin, size: 0, edge: [], at: '', last: null, tallies: [] }, tokens)
  }

  get size(): TreeSize {
    return this.#edge.size
  }

  get at(): string {
    return this.#at
  }

  get last(): LeafSource | null {
    return this.#last
  }

  root(): Uint8Array {
    return this.#edge.root()
  }

  mapRoot(): Uint8Array {
    return this.#map.root()
  }

  /** The tallies that changed since this was last asked for. */
  takeChanged(): readonly TokenTally[] {
    const changed = Array.from(this.#changed, (hex) => this.#map.tally(Buffer.from(hex, 'hex'))).filter((tally) => tally !== null)
    this.#changed = new Set()
    return changed
  }

  /** @throws StoreCorrupt when the event's bytes are none: nothing of it was counted then. */
  add(event: RecordedEvent): void {
    const { recordedAt, about } = leafFacts(event)
    const commit = commitmentOf(event.salt, event.bytes)
    const tokens = this.#tokensOf(event.stream, about)
    const at = recordedAt > this.#at ? recordedAt : this.#at
    const seq = this.#edge.size
    const refs = tokens.map((token): TokenCount => [token, this.#count(token, seq)])
    const { bytes, hash } = this.#leaf.write(entryText({ v: 1, seq, at, refs, commit }))
    const completed = this.#edge.append(hash)
    this.unwritten.push({ bytes, completed, recordedAt, position: event.position })
    this.#at = at
    this.#last = { position: event.position, stream: event.stream, id: event.id }
  }

  /** Sorted. */
  #tokensOf(stream: string, about: readonly string[]): string[] {
    const tokens: string[] = []
    for (const ref of [stream, ...about]) {
      const token = this.#tokens.of(ref)
      if (token !== null) tokens.push(token)
    }
    return tokens.sort((a, b) => (a < b ? -1 : 1))
  }

  #count(token: string, leaf: number): number {
    this.#changed.add(token)
    this.#token.write(token, 'hex')
    return this.#map.count(this.#token, leaf)
  }
}
