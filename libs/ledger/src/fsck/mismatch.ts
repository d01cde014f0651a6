/** The first thing that is not what everything before it says it must be. */
export interface Difference {
  /** What was looked at. */
  readonly what: 'event' | 'entry' | 'tile' | 'head' | 'map' | 'index' | 'log'
  /** `<stream>/<event id>`, `<log> leaf 12`, `<log> head 4096` … */
  readonly where: string
  readonly expected: string
  readonly found: string
}

/** Ends a check: what comes behind the first difference can't be judged. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'
  readonly difference: Difference

  constructor(difference: Difference) {
    super(`${difference.where}: expected ${difference.expected}, found ${difference.found}`)
    this.difference = difference
  }
}
