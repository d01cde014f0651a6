import type { Figure } from './report.ts'
import type { Scale } from './scale.ts'

/** One measurement, which may give several figures. */
export interface BenchCase {
  readonly figures: readonly string[]
  run(run: BenchRun): Promise<readonly Figure[]>
}

export interface BenchRun {
  readonly scale: Scale
  /** The figures that are wanted; a case may leave out what only others need. */
  wants(figure: string): boolean
  /** Says what is left out, and why. */
  skip(what: string): void
}
