const MOST_KEYS = 10_000

export interface AttemptLimit {
  /** How many attempts a key has in a window. */
  readonly most: number
  /** In ms. */
  readonly window: number
}

interface Window {
  readonly since: number
  readonly times: number
}

/** Counts attempts by a key (an address, a mailbox) in windows of time, for a bounded number of keys. */
export class Attempts {
  private readonly windows = new Map<string, Window>()

  /** `now` in ms. */
  constructor(
    private readonly limit: AttemptLimit,
    private readonly now: () => number,
  ) {}

  /** Counts one more; false if it is one too many. */
  take(key: string): boolean {
    const { since, times } = this.current(key)
    this.windows.delete(key)
    this.windows.set(key, { since, times: times + 1 })
    this.makeRoom()
    return times < this.limit.most
  }

  /** The last attempt was in order: it doesn't count. */
  giveBack(key: string): void {
    const { since, times } = this.current(key)
    if (times > 0) this.windows.set(key, { since, times: times - 1 })
  }

  private current(key: string): Window {
    const now = this.now()
    const known = this.windows.get(key)
    return known !== undefined && now < known.since + this.limit.window ? known : { since: now, times: 0 }
  }

  /** Who tried longest ago goes first. */
  private makeRoom(): void {
    for (const oldest of this.windows.keys()) {
      if (this.windows.size <= MOST_KEYS) break
      this.windows.delete(oldest)
    }
  }
}
