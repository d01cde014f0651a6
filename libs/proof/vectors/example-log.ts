import {
  commitment,
  type Digests,
  type Entry,
  type EventEnvelope,
  encodeUtf8,
  entryBytes,
  eventBytes,
  type FieldDisclosure,
  formatVerifierKey,
  leafHash,
  MerkleTree,
  type NoteSigner,
  nobleDigests,
  noteBytes,
  type PackLeaf,
  parseHex,
  referenceKey,
  referenceToken,
  signNote,
  TokenMap,
  type TreeSize,
  tokenedReferences,
  treeHeadText,
  verifierKey,
} from '../src/index.ts'
import { publicKeyOf, signEd25519 } from './runtime-ed25519.ts'

/** A log as the sealer makes it, event by event, for tests. */
export class ExampleLog {
  readonly origin: string
  readonly tree: MerkleTree
  readonly signer: NoteSigner
  readonly leaves: PackLeaf[] = []
  /** When each leaf was made. */
  readonly at: string[] = []
  readonly refs: string[][] = []
  map: TokenMap
  private readonly digests: Digests
  private readonly indexKey: Uint8Array
  private lastAt = ''

  constructor(origin: string, seed: number, digests: Digests = nobleDigests) {
    this.origin = origin
    this.digests = digests
    this.tree = new MerkleTree(digests)
    this.map = new TokenMap(digests)
    this.indexKey = digests.sha256(encodeUtf8(`index ${seed}`))
    this.signer = signerOf(origin, seed)
  }

  get size(): TreeSize {
    return this.leaves.length
  }

  get verifierKey(): string {
    return formatVerifierKey(this.signer.key)
  }

  readonly openingOf = (ref: string): string => referenceKey(this.indexKey, ref, this.digests)

  tokenOf(ref: string): Uint8Array {
    const token = parseHex(referenceToken(this.openingOf(ref), ref, this.digests))
    if (token === null) throw new Error('expected hex')
    return token
  }

  /** @param forge what a dishonest log writes instead of the entry. */
  add(event: EventEnvelope, keys: Readonly<Record<string, FieldDisclosure>> = {}, forge = (entry: Entry): Entry => entry): void {
    const bytes = eventBytes(event)
    const salt = this.digests.sha256(encodeUtf8(`salt ${event.id}`)).slice(0, 16)
    const index = this.leaves.length
    this.lastAt = event.recordedAt > this.lastAt ? event.recordedAt : this.lastAt
    const refs = tokenedReferences(event).map((ref) => {
      const token = referenceToken(this.openingOf(ref), ref, this.digests)
      return [token, this.map.count(this.tokenOf(ref), index)] as const
    })
    refs.sort(([a], [b]) => (a < b ? -1 : 1))
    const entry = entryBytes(forge({ v: 1, seq: index, at: this.lastAt, refs, commit: commitment(salt, bytes, this.digests) }))
    this.tree.append(leafHash(entry, this.digests))
    this.leaves.push({ index, entry, event: { bytes, salt, keys } })
    this.at.push(this.lastAt)
    this.refs.push(tokenedReferences(event))
  }

  /** The signed head of the whole log. */
  async head(signers: readonly NoteSigner[] = [this.signer]): Promise<Uint8Array> {
    return noteBytes(await signNote(this.headText(), signers))
  }

  headText(): string {
    return treeHeadText({ origin: this.origin, size: this.size, root: this.tree.root(), mapRoot: this.map.root() })
  }
}

export function signerOf(name: string, seed: number): NoteSigner {
  const secret = nobleDigests.sha256(encodeUtf8(`signer ${seed}`))
  return { key: verifierKey(name, publicKeyOf(secret)), sign: signEd25519(secret) }
}
