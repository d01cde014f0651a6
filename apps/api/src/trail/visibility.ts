import { comparePositions, type Position } from '@annal/ledger'
import { TypedError } from '../http/typed-error.ts'

/** How long, in ms, a query waits for what it must show. */
const PATIENCE = 5_000

/** Up to where the views show the record, and who waits for it to move. */
export class Visibility {
  private position: Position | null = null
  private readonly waiting = new Set<() => void>()

  /** @param waits called whenever somebody begins to wait. */
  constructor(private readonly waits: () => void = () => undefined) {}

  /** Called when the projector has made more visible. */
  advance(position: Position): void {
    if (this.position !== null && comparePositions(position, this.position) <= 0) return
    this.position = position
    const woken = [...this.waiting]
    this.waiting.clear()
    for (const wake of woken) wake()
  }

  current(): Position | null {
    return this.position
  }

  /** Waits until everything up to `position` is visible. @throws TypedError NOT_YET_VISIBLE after 5 s. */
  async reached(position: Position): Promise<void> {
    const until = performance.now() + PATIENCE
    while (!this.shows(position)) {
      const left = until - performance.now()
      if (left <= 0)
        throw new TypedError(
          'NOT_YET_VISIBLE',
          'The views have not reached that position within 5 s. What was recorded is recorded; ask again.',
          {
            visibleUpTo: this.position,
          },
        )
      await this.moved(left)
    }
  }

  /** Resolves at the next move, or after `patience` ms. */
  moved(patience: number): Promise<void> {
    this.waits()
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, patience)
      this.waiting.add(wake)
    })
  }

  private shows(position: Position): boolean {
    return this.position !== null && comparePositions(this.position, position) >= 0
  }
}
