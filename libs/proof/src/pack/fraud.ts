import { equalBytes } from '../bytes/equal-bytes.ts'
import type { Entry } from '../entry/entry.ts'
import type { TreeHead } from '../note/tree-head.ts'
import type { LeafIndex } from '../tree/tree-hash.ts'

/**
 * What no honest log does. Each can be shown to anybody with the signed heads and the proofs of the leaves named: nobody needs to believe who
 * found it.
 */
export type Fraud =
  /** Two leaves carry one number of one token. */
  | { readonly kind: 'number-twice'; readonly token: string; readonly n: number; readonly leaves: readonly [LeafIndex, LeafIndex] }
  /** A later leaf has a lower number of a token than one before it. */
  | { readonly kind: 'number-went-back'; readonly token: string; readonly leaves: readonly [LeafIndex, LeafIndex] }
  /** A leaf before the head's size has a number above the map's count of the token. */
  | { readonly kind: 'number-beyond-map'; readonly token: string; readonly n: number; readonly count: number; readonly leaf: LeafIndex }
  /** Ledger time decreases from one leaf to a later one. */
  | { readonly kind: 'time-went-back'; readonly leaves: readonly [LeafIndex, LeafIndex] }
  /** One reference opens to two tokens under one origin. */
  | { readonly kind: 'two-openings'; readonly origin: string; readonly ref: string; readonly openings: readonly [string, string] }
  /** One log, one size, two signed heads. */
  | { readonly kind: 'two-heads'; readonly origin: string; readonly size: number; readonly differ: 'root' | 'map' }

/** Two heads of one log at one size that don't say the same; null when they agree or can't be compared. Both must be signed by the log. */
export function fraudOfHeads(a: TreeHead, b: TreeHead): Fraud | null {
  if (a.origin !== b.origin || a.size !== b.size) return null
  const { origin, size } = a
  if (!equalBytes(a.root, b.root)) return { kind: 'two-heads', origin, size, differ: 'root' }
  return equalBytes(a.mapRoot, b.mapRoot) ? null : { kind: 'two-heads', origin, size, differ: 'map' }
}

/** Two openings of one reference under one origin; null when they agree. Both must open tokens of leaves that are in the log. */
export function fraudOfOpenings(origin: string, ref: string, openings: readonly [string, string]): Fraud | null {
  return openings[0] === openings[1] ? null : { kind: 'two-openings', origin, ref, openings }
}

/**
 * Watches leaves of one log go by in their order, all or some of them, and names the first that contradicts one before it. Keeps one number
 * and one place for each token.
 */
export class LeafWatch {
  private readonly numbers = new Map<string, number>()
  private readonly places = new Map<string, LeafIndex>()
  private at = ''
  private last: LeafIndex = -1

  add({ seq, at, refs }: Entry): Fraud | null {
    const timeFraud = this.last >= 0 && at < this.at ? this.wentBack(seq) : null
    this.at = at
    this.last = seq
    if (timeFraud !== null) return timeFraud
    for (const [token, n] of refs) {
      const before = this.numbers.get(token)
      if (before !== undefined && n <= before) return this.numbered(token, n, before, seq)
      this.numbers.set(token, n)
      this.places.set(token, seq)
    }
    return null
  }

  /** Whether any number that was seen is above what the map says. */
  beyond(token: string, count: number): Fraud | null {
    const n = this.numbers.get(token) ?? 0
    return n > count ? { kind: 'number-beyond-map', token, n, count, leaf: this.places.get(token) ?? 0 } : null
  }

  /** The highest number of a token so far, 0 for none, and the leaf that has it. */
  lastOf(token: string): { readonly n: number; readonly leaf: LeafIndex } {
    return { n: this.numbers.get(token) ?? 0, leaf: this.places.get(token) ?? -1 }
  }

  private wentBack(seq: LeafIndex): Fraud {
    return { kind: 'time-went-back', leaves: [this.last, seq] }
  }

  private numbered(token: string, n: number, before: number, seq: LeafIndex): Fraud {
    const leaves: [LeafIndex, LeafIndex] = [this.places.get(token) ?? 0, seq]
    return n === before ? { kind: 'number-twice', token, n, leaves } : { kind: 'number-went-back', token, leaves }
  }
}

export function fraudText(fraud: Fraud): string {
  switch (fraud.kind) {
    case 'number-twice':
      return `leaves ${fraud.leaves.join(' and ')} both carry number ${fraud.n} of token ${fraud.token}`
    case 'number-went-back':
      return `leaf ${fraud.leaves[1]} has a lower number of token ${fraud.token} than leaf ${fraud.leaves[0]} before it`
    case 'number-beyond-map':
      return `leaf ${fraud.leaf} is number ${fraud.n} of token ${fraud.token}, of which the signed map counts ${fraud.count}`
    case 'time-went-back':
      return `ledger time goes back from leaf ${fraud.leaves[0]} to leaf ${fraud.leaves[1]}`
    case 'two-openings':
      return `${fraud.ref} opens to two tokens in ${fraud.origin}`
    case 'two-heads':
      return `two signed heads of ${fraud.origin} at size ${fraud.size} differ in their ${fraud.differ === 'map' ? 'map root' : 'root'}`
  }
}
