import { carriesToken, parseHex, referenceKey, referenceToken } from '@annal/proof'
import { nodeDigests } from '../../keys/node-digests.ts'
import { RecentlyUsed } from '../../recently-used.ts'

/** A token as text, as it stands in entries, and as bytes, as the token map takes it. */
export interface Token {
  readonly hex: string
  readonly bytes: Uint8Array
}

/** About 30 MiB. */
const MOST_KEPT = 200_000

/** The tokens of one workspace's references, each made once: two HMACs are dearer than all else that an entry costs. */
export class ReferenceTokens {
  readonly #indexKey: () => Uint8Array
  readonly #known = new RecentlyUsed<string, Token | 'none'>(MOST_KEPT)

  /** @param indexKey the workspace's; asked for at each new token. */
  constructor(indexKey: () => Uint8Array) {
    this.#indexKey = indexKey
  }

  /** `none` for persons and data subjects and their streams. */
  of(ref: string): Token | 'none' {
    const known = this.#known.get(ref)
    if (known !== undefined) return known
    const token = carriesToken(ref) ? this.#make(ref) : 'none'
    this.#known.set(ref, token)
    return token
  }

  #make(ref: string): Token {
    const hex = referenceToken(referenceKey(this.#indexKey(), ref, nodeDigests), ref, nodeDigests)
    const bytes = parseHex(hex)
    if (bytes === null) throw new Error(`expected a token in hex, found ${hex}`)
    return { hex, bytes }
  }
}
