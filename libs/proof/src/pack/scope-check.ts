import type { Entry } from '../entry/entry.ts'
import type { TokenTally } from '../map/map-hash.ts'
import type { PackScope } from './manifest.ts'
import { numberOf } from './section-check.ts'
import type { Question } from './verdict.ts'

interface LeafProblem {
  readonly question: Question
  readonly reason: string
}

/** Whether the leaves that come by are those of the scope, none missing and none too many. */
export interface ScopeCheck {
  add(entry: Entry): LeafProblem | null
  /** What is missing at the end, or null. @param tallies of the scope's tokens, by token; empty for other scopes. */
  end(tallies: ReadonlyMap<string, TokenTally | null>): string | null
  /** What is complete when nothing is missing, for people. */
  readonly claim: string | null
  /** Of what it can't be told whether anything is missing, for people, though nothing of the rest is; null where there is no such thing. */
  readonly untold: string | null
}

/** @param tokenOf of each reference of the scope, where it is opened. */
export function scopeCheck(scope: PackScope, size: number, tokenOf: (ref: string) => string | null): ScopeCheck {
  switch (scope.kind) {
    case 'workspace':
      return new RangeCheck({ kind: 'range', from: 0, to: size, since: null, until: null }, size, `all ${size} events of the log`)
    case 'range':
      return new RangeCheck(scope, size, rangeClaim(scope))
    case 'references':
      return new ReferencesCheck(scope.refs, tokenOf)
    case 'selection':
      return new SelectionCheck()
  }
}

type Range = Extract<PackScope, { kind: 'range' }>

function rangeClaim({ from, to }: Range): string {
  if (from === to)
    return from === 0
      ? 'no event of the log, which has none in front of leaf 0'
      : `no event of the log, which has none between leaves ${from - 1} and ${from}`
  return `events ${from} to ${to - 1} of the log, without a gap`
}

/** All leaves of a range, and the neighbours that show where its times begin and end. */
class RangeCheck implements ScopeCheck {
  readonly claim: string
  readonly untold = null
  private readonly range: Range
  private readonly behind: number
  private next: number

  constructor(range: Range, size: number, claim: string) {
    this.range = range
    this.claim = claim
    this.next = range.from - (range.since !== null && range.from > 0 ? 1 : 0)
    this.behind = range.to + (range.until !== null && range.to < size ? 1 : 0)
  }

  add({ seq, at }: Entry): LeafProblem | null {
    if (seq >= this.behind) return failed(`expected no leaf from ${this.behind} on, found ${seq}`)
    if (seq !== this.next) return failed(`expected leaf ${this.next}, found ${seq}`)
    this.next++
    return this.timeProblem(seq, at)
  }

  end(): string | null {
    return this.next >= this.behind ? null : `expected leaf ${this.next}, found none`
  }

  private timeProblem(seq: number, at: string): LeafProblem | null {
    const { from, to, since, until } = this.range
    const isInside = seq >= from && seq < to
    const isBefore = since !== null && at < since
    const isAfter = until !== null && at >= until
    if (isInside && (isBefore || isAfter)) return failed(`expected a leaf within the period, found one of ${at}`)
    if (seq < from && !isBefore) return failed(`expected the leaf in front to be before ${since}, found ${at}`)
    return seq >= to && !isAfter ? failed(`expected the leaf behind not to be before ${until}, found ${at}`) : null
  }
}

/** Leaves 1 … count of each token. */
class ReferencesCheck implements ScopeCheck {
  readonly claim: string
  private readonly refs: readonly string[]
  private readonly tokenOf: (ref: string) => string | null
  private readonly seen = new Map<string, { n: number; last: number }>()

  constructor(refs: readonly string[], tokenOf: (ref: string) => string | null) {
    this.refs = refs
    this.tokenOf = tokenOf
    this.claim = `all events that name ${refs.join(', ')}`
  }

  add({ seq, refs }: Entry): LeafProblem | null {
    let named = false
    for (const ref of this.refs) {
      const token = this.tokenOf(ref)
      const n = token === null ? -1 : numberOf(refs, token)
      if (token === null || n < 0) continue
      named = true
      const before = this.seen.get(token)?.n ?? 0
      if (n !== before + 1) return failed(`expected event ${before + 1} that names ${ref}, found event ${n}`)
      this.seen.set(token, { n, last: seq })
    }
    return named ? null : failed('expected an event that names something of the scope, found another')
  }

  end(tallies: ReadonlyMap<string, TokenTally | null>): string | null {
    for (const ref of this.refs) {
      const missing = this.missingOf(ref, tallies)
      if (missing !== null) return missing
    }
    return null
  }

  /**
   * An opening that opens the token of a leaf is the reference's own. One that opens nothing could be any: whoever holds the signing key could
   * have made it up.
   */
  get untold(): string | null {
    const absent = this.refs.filter((ref) => !this.seen.has(this.tokenOf(ref) ?? ''))
    if (absent.length === 0) return null
    return `no event carries the token that the pack says is that of ${absent.join(', ')}; that it is, only who has the index key can tell`
  }

  private missingOf(ref: string, tallies: ReadonlyMap<string, TokenTally | null>): string | null {
    const token = this.tokenOf(ref)
    if (token === null) return `expected the opening of ${ref}, found none`
    const tally = tallies.get(token)
    if (tally === undefined) return `expected the map's count of ${ref}, found none`
    const { count, last } = tally ?? { count: 0, last: -1 }
    const seen = this.seen.get(token) ?? { n: 0, last: -1 }
    if (seen.n !== count) return `expected ${count} events that name ${ref}, found ${seen.n}`
    return seen.last === last ? null : `expected the last event that names ${ref} at leaf ${last}, found it at ${seen.last}`
  }
}

class SelectionCheck implements ScopeCheck {
  readonly claim = null
  readonly untold = null

  add(): null {
    return null
  }

  end(): null {
    return null
  }
}

function failed(reason: string): LeafProblem {
  return { question: 'completeness', reason }
}
