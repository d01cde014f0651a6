import type { ApiKeyRecord } from './api-key.ts'
import type { Caller } from './caller.ts'

export interface SeenKey {
  readonly key: ApiKeyRecord
  readonly caller: Caller
}

const MOST_KEYS = 1_000

/**
 * Authorization headers that were found to hold a key's secret; the oldest goes first. An entry says nothing of whether the key still
 * stands: the directory does. Only whole secrets are ever compared, by V8's seeded hash first, so that time tells nothing of a part of one.
 */
export class SeenKeys {
  private readonly byHeader = new Map<string, SeenKey>()

  find(authorization: string): SeenKey | undefined {
    return this.byHeader.get(authorization)
  }

  keep(authorization: string, seen: SeenKey): void {
    if (this.byHeader.size >= MOST_KEYS)
      for (const oldest of this.byHeader.keys()) {
        this.byHeader.delete(oldest)
        break
      }
    this.byHeader.set(authorization, seen)
  }
}
