/** What is said of one question about a pack. */
export interface PackVerdict {
  readonly verdict: Finding
  /** For people: what was found, or what was expected and what was found. */
  readonly reason: string
  /** Where something is wrong; null where nothing is, or no place can be named. */
  readonly where: Place | null
}

/**
 * `partial`: nothing contradicts it, but something that it rests on came with the pack or is missing. `not-claimed`: the pack doesn't say it.
 * `unknown`: it can't be told. Only `holds` is green.
 */
export type Finding = 'holds' | 'fails' | 'partial' | 'not-claimed' | 'unknown'

export interface Place {
  /** A member of the pack, or null for the container around them. */
  readonly file: string | null
  /** 1-based line of the file, or null. */
  readonly line: number | null
  /** Offset in the pack, or null. */
  readonly byte: number | null
  /** `<stream>/<event id>`, or null. */
  readonly event: string | null
  /** Leaf index in the log, or null. */
  readonly leaf: number | null
}

export const QUESTIONS = ['integrity', 'signature', 'order', 'completeness', 'witnessing', 'timestamp', 'report', 'freshness'] as const
/**
 * - integrity: every byte is what the manifest says, every event is what the log committed to, every leaf is in the tree, and the tree continues what was kept.
 * - signature: manifest and tree head are signed by a key that is known from outside the pack.
 * - order: places, times and numbers follow on one another.
 * - completeness: nothing of the scope is missing.
 * - witnessing: witnesses saw this tree grow.
 * - timestamp: an authority saw this head at a time.
 * - report: documents are as issued.
 * - freshness: nothing newer is known.
 */
export type Question = (typeof QUESTIONS)[number]

export type Verdicts = Readonly<Record<Question, PackVerdict>>

export function nowhere(): Place {
  return { file: null, line: null, byte: null, event: null, leaf: null }
}

export function verdict(finding: Finding, reason: string, where: Partial<Place> | null = null): PackVerdict {
  return { verdict: finding, reason, where: where === null ? null : { ...nowhere(), ...where } }
}

/**
 * `holds`: all that the pack claims, under something from outside. `consistent`: nothing fails, but not all of it could be checked against
 * something from outside. `fails`: something is wrong.
 */
export type Outcome = 'holds' | 'consistent' | 'fails'

export function outcomeOf(verdicts: Verdicts): Outcome {
  const findings = QUESTIONS.map((question) => verdicts[question].verdict)
  if (findings.includes('fails')) return 'fails'
  // Later events are always unknown: freshness can only fail.
  const claimed = QUESTIONS.filter((question) => question !== 'freshness').map((question) => verdicts[question].verdict)
  return claimed.every((finding) => finding === 'holds' || finding === 'not-claimed') ? 'holds' : 'consistent'
}
