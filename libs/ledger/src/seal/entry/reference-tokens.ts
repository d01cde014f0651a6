import { carriesToken, referenceKey, referenceToken } from '@annal/proof'
import { nodeDigests } from '../../keys/node-digests.ts'
import { RecentlyUsed } from '../../recently-used.ts'

/** About 12 MiB, where a token made anew costs 10 µs. */
const MOST_KEPT = 64_000

/** The tokens of one workspace's references. Two HMACs are dearer than all else that an entry costs: those used last are kept, as text. */
export class ReferenceTokens {
  readonly #indexKey: () => Uint8Array
  readonly #known = new RecentlyUsed<string, string>(MOST_KEPT)

  /** @param indexKey the workspace's; asked for at each new token. */
  constructor(indexKey: () => Uint8Array) {
    this.#indexKey = indexKey
  }

  /** In hex, as it stands in entries. Null for persons and data subjects and their streams. */
  of(ref: string): string | null {
    return this.#known.get(ref) ?? (carriesToken(ref) ? this.#make(ref) : null)
  }

  #make(ref: string): string {
    const hex = referenceToken(referenceKey(this.#indexKey(), ref, nodeDigests), ref, nodeDigests)
    this.#known.set(ref, hex)
    return hex
  }
}
