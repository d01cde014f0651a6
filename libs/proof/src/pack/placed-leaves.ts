import type { Entry } from '../entry/entry.ts'
import type { LeafIndex } from '../tree/tree-hash.ts'
import type { Fraud } from './fraud.ts'

interface Placed<Value> {
  readonly leaf: LeafIndex
  readonly value: Value
}

/**
 * Leaves of one log that stand apart from one another, all of them kept: along a log ledger time never decreases and the numbers of each token
 * increase, so a leaf contradicts the log where it contradicts the nearest one on either side.
 */
export class PlacedLeaves {
  private readonly times: Placed<string>[] = []
  private readonly numbers = new Map<string, Placed<number>[]>()

  add({ seq, at, refs }: Entry): void {
    put(this.times, { leaf: seq, value: at })
    for (const [token, n] of refs) {
      const numbers = this.numbers.get(token) ?? []
      put(numbers, { leaf: seq, value: n })
      this.numbers.set(token, numbers)
    }
  }

  /** How a leaf contradicts those that are kept, or null. */
  contradiction({ seq, at, refs }: Entry): Fraud | null {
    if (this.times.length === 0) return null
    const [earlier, later] = neighbours(this.times, seq)
    if (earlier !== undefined && earlier.value > at) return { kind: 'time-went-back', leaves: [earlier.leaf, seq] }
    if (later !== undefined && later.value < at) return { kind: 'time-went-back', leaves: [seq, later.leaf] }
    for (const [token, n] of refs) {
      const fraud = this.numbered(token, { leaf: seq, value: n })
      if (fraud !== null) return fraud
    }
    return null
  }

  private numbered(token: string, here: Placed<number>): Fraud | null {
    const [earlier, later] = neighbours(this.numbers.get(token) ?? [], here.leaf)
    return follows(token, earlier, here) ?? follows(token, here, later)
  }
}

function follows(token: string, before: Placed<number> | undefined, behind: Placed<number> | undefined): Fraud | null {
  if (before === undefined || behind === undefined || before.value < behind.value) return null
  const leaves: [LeafIndex, LeafIndex] = [before.leaf, behind.leaf]
  return before.value === behind.value
    ? { kind: 'number-twice', token, n: before.value, leaves }
    : { kind: 'number-went-back', token, leaves }
}

/** The nearest on either side; the same leaf is none: its entry is the same by the tree. */
function neighbours<Value>(
  placed: readonly Placed<Value>[],
  leaf: LeafIndex,
): readonly [Placed<Value> | undefined, Placed<Value> | undefined] {
  const at = firstFrom(placed, leaf)
  return [placed[at - 1], placed[at]?.leaf === leaf ? placed[at + 1] : placed[at]]
}

function put<Value>(placed: Placed<Value>[], one: Placed<Value>): void {
  const at = firstFrom(placed, one.leaf)
  if (placed[at]?.leaf !== one.leaf) placed.splice(at, 0, one)
}

/** Binary search for the first that is not in front of `leaf`. */
function firstFrom(placed: readonly Placed<unknown>[], leaf: LeafIndex): number {
  let low = 0
  let high = placed.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((placed[middle]?.leaf ?? leaf) < leaf) low = middle + 1
    else high = middle
  }
  return low
}
