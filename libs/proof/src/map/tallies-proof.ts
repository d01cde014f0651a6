import { HASH_LENGTH } from '../tree/tree-hash.ts'
import { bitOf, type TokenTally } from './map-hash.ts'
import { writeU64 } from './tally-column.ts'

/**
 * # One proof of many tallies
 *
 * Paths of many tokens share their beginnings, so a proof of all of them is the part of the trie that they lead through, written from the
 * outermost node on:
 *
 *     number of tokens: u64be ‖ tokens, ascending ‖ node
 *
 *     node   0                                                    no token below: those that lead here are absent
 *            1 ‖ token ‖ count: u64be ‖ last leaf: u64be          one token below: it is counted, others that lead here are absent
 *            2 ‖ left ‖ right                                     more below; each side is a node if one of the tokens leads there,
 *                                                                 else its hash
 */
export const ABSENT = 0
export const COUNTED = 1
export const BRANCH = 2
export const TALLIES_PROOF_HEADER = 8
export const TALLY_LENGTH = HASH_LENGTH + 16

/** What a proof is made from: subtrees are numbers as a `TokenMap` keeps them, 0 for none, above 0 branches, below 0 tallies. */
export interface TallyTrie {
  readonly top: number
  readonly child: (branch: number, side: 0 | 1) => number
  readonly tally: (subtree: number) => TokenTally
  readonly hash: (subtree: number) => Uint8Array
}

/** @param tokens in any order, with or without doubles. @throws for none. */
export function talliesProof(tokens: readonly Uint8Array[], trie: TallyTrie): Uint8Array {
  const sorted = tokens.toSorted(compareBytes).filter((token, i, all) => i === 0 || compareBytes(token, all[i - 1] ?? token) !== 0)
  if (sorted.length === 0) throw new Error('expected a token to prove the tally of, found none')
  const writer = new ProofWriter()
  writer.number(sorted.length)
  for (const token of sorted) writer.bytes(token)
  writeNode(writer, trie, { subtree: trie.top, tokens: sorted, depth: 0 })
  return writer.content()
}

interface Place {
  readonly subtree: number
  readonly tokens: readonly Uint8Array[]
  readonly depth: number
}

function writeNode(writer: ProofWriter, trie: TallyTrie, place: Place): void {
  if (place.subtree > 0) writeBranch(writer, trie, place)
  else if (place.subtree < 0) writeTally(writer, trie.tally(place.subtree))
  else writer.byte(ABSENT)
}

function writeTally(writer: ProofWriter, { token, count, last }: TokenTally): void {
  writer.byte(COUNTED)
  writer.bytes(token)
  writer.number(count)
  writer.number(last)
}

function writeBranch(writer: ProofWriter, trie: TallyTrie, { subtree, tokens, depth }: Place): void {
  writer.byte(BRANCH)
  for (const side of [0, 1] as const) {
    const below = tokens.filter((token) => bitOf(token, depth) === side)
    const child = trie.child(subtree, side)
    if (below.length === 0) writer.bytes(trie.hash(child))
    else writeNode(writer, trie, { subtree: child, tokens: below, depth: depth + 1 })
  }
}

/** Below 0, 0 or above 0, as by the first byte that differs. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

class ProofWriter {
  private buffer = new Uint8Array(1024)
  private length = 0

  byte(byte: number): void {
    this.bytes(Uint8Array.of(byte))
  }

  number(count: number): void {
    const bytes = new Uint8Array(8)
    writeU64(new DataView(bytes.buffer), 0, count)
    this.bytes(bytes)
  }

  bytes(bytes: Uint8Array): void {
    while (this.length + bytes.length > this.buffer.length) {
      const grown = new Uint8Array(this.buffer.length * 2)
      grown.set(this.buffer)
      this.buffer = grown
    }
    this.buffer.set(bytes, this.length)
    this.length += bytes.length
  }

  content(): Uint8Array {
    return this.buffer.slice(0, this.length)
  }
}
