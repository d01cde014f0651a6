import { toBase64 } from '../bytes/base64.ts'
import { toHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { type Chunks, type ContainerSink, ContainerWriter } from '../container/write-container.ts'
import { type Digests, nobleDigests, nobleRunningSha256, type RunningDigest } from '../digests.ts'
import { tokenedReferences } from '../entry/token.ts'
import { canonicalBytes } from '../json/canonical-json.ts'
import { canonicalStrings } from '../json/canonical-strings.ts'
import { type NoteSigner, signNote } from '../note/sign-note.ts'
import { noteBytes } from '../note/signed-note.ts'
import { formatVerifierKey } from '../note/verifier-key.ts'
import { proveLeaves } from '../tree/prove-leaves.ts'
import type { LeafIndex, NodeReader, TreeSize } from '../tree/tree-hash.ts'
import { gathered } from './gathered.ts'
import { leafLine, type PackLeaf } from './leaf-line.ts'
import {
  CONSISTENCY,
  HEAD,
  MANIFEST,
  MANIFEST_NOTE,
  MAP_PROOF,
  type ManifestMember,
  type PackDocument,
  type PackManifest,
  type PackSection,
  packNoteText,
  SYSTEM_HEAD,
  sectionMembers,
  timestampMember,
} from './manifest.ts'

/** The log that a section's leaves are in, at the size of the head that goes into the pack. */
export interface ProvenLog {
  readonly size: TreeSize
  readonly nodes: NodeReader
  /** The opening (`rk`, hex) of a reference or stream name that an event of the pack carries. */
  readonly openingOf: (ref: string) => string
  /** Opened too, whether or not an event carries them: the references of the scope. */
  readonly alsoOpened?: readonly string[]
}

export interface WrittenSection {
  readonly leaves: number
  /** Leaves whose event is in the pack too. */
  readonly disclosed: number
  /** The references and stream names that were opened, sorted. */
  readonly refs: readonly string[]
}

/** What proves that the tree of `oldSize` leaves is the beginning of the pack's: for those who kept its head. */
export interface OlderHead {
  readonly oldSize: TreeSize
  readonly hashes: readonly Uint8Array[]
}

/** How the bytes are hashed: by JavaScript alone, or by the runtime, which is faster. */
export interface PackHashing {
  readonly digests: Digests
  readonly runningSha256: () => RunningDigest
}

/**
 * Writes an evidence pack, member by member, as a stream: `document`, `leaves`, `mapProof`, `head` … in any order, `finish` last. What is
 * in a pack for which scope is said in `docs/proof-format.md`; `verifyPack` refuses one that claims more than it shows.
 */
export class PackWriter {
  private readonly container: ContainerWriter
  private readonly digests: Digests
  private readonly members: ManifestMember[] = []
  private timestamps = 0

  constructor(sink: ContainerSink, hashing: PackHashing = { digests: nobleDigests, runningSha256: nobleRunningSha256 }) {
    this.container = new ContainerWriter(sink, hashing.runningSha256)
    this.digests = hashing.digests
  }

  async document(name: PackDocument, content: Chunks): Promise<void> {
    await this.add(name, content)
  }

  /**
   * Writes a section with its openings and its inclusion proof. Of its leaves it keeps the indices, and of its references the names.
   * @param leaves ascending by index, none twice.
   */
  async leaves(section: PackSection, leaves: AsyncIterable<PackLeaf> | Iterable<PackLeaf>, log: ProvenLog): Promise<WrittenSection> {
    const members = sectionMembers(section)
    const indices: LeafIndex[] = []
    const refs = new Set<string>(log.alsoOpened)
    let disclosed = 0
    const lines = async function* () {
      for await (const leaf of leaves) {
        indices.push(leaf.index)
        if (leaf.event !== null) {
          disclosed++
          for (const ref of referencesIn(leaf.event.bytes)) refs.add(ref)
        }
        yield leafLine(leaf)
      }
    }
    await this.add(members.leaves, gathered(lines()))
    const sorted = [...refs].sort()
    await this.add(members.openings, gathered(openingLines(sorted, log)))
    await this.add(members.inclusion, proveLeaves(indices, log.size, log.nodes, this.digests))
    return { leaves: indices.length, disclosed, refs: sorted }
  }

  /** @param proof by `TokenMap.proveMany`, for the tokens of a scope of references. */
  async mapProof(proof: Uint8Array): Promise<void> {
    await this.add(MAP_PROOF, [proof])
  }

  /** @param older ascending by size; `hashes` by `proveConsistency` up to the pack's size. */
  async consistency(older: readonly OlderHead[]): Promise<void> {
    const lines = older.map(
      ({ oldSize, hashes }) => `{"from":${oldSize},"hashes":${canonicalStrings(hashes.map((hash) => toBase64(hash)))}}\n`,
    )
    await this.add(CONSISTENCY, [encodeUtf8(lines.join(''))])
  }

  /** @param note the signed tree head with its cosignatures, verbatim. */
  async head(note: Uint8Array): Promise<void> {
    await this.add(HEAD, [note])
  }

  /** The same of the log named `system`, beside `signing-keys`. */
  async systemHead(note: Uint8Array): Promise<void> {
    await this.add(SYSTEM_HEAD, [note])
  }

  /** @param token an RFC 3161 timestamp response for SHA-256 of the head note's text. */
  async timestamp(token: Uint8Array): Promise<void> {
    this.timestamps++
    await this.add(timestampMember(this.timestamps), [token])
  }

  /**
   * Signs the manifest and writes the directory. The signers' keys become the manifest's.
   * @returns SHA-256 of `manifest.json` in hex and the pack's length in bytes.
   */
  async finish(
    facts: Omit<PackManifest, 'v' | 'keys' | 'members'>,
    signers: readonly NoteSigner[],
  ): Promise<{ readonly manifestSha256: string; readonly length: number }> {
    const manifest: PackManifest = { v: 1, ...facts, keys: signers.map(({ key }) => formatVerifierKey(key)), members: this.members }
    const bytes = canonicalBytes(manifest)
    const sha256 = toHex(this.digests.sha256(bytes))
    const note = await signNote(packNoteText(facts.origin, sha256), signers)
    await this.container.add(MANIFEST, [bytes])
    await this.container.add(MANIFEST_NOTE, [noteBytes(note)])
    return { manifestSha256: sha256, length: await this.container.end() }
  }

  private async add(name: string, content: Chunks): Promise<void> {
    const { size, sha256, packedSize, packedSha256 } = await this.container.add(name, content)
    this.members.push({ name, size, sha256, packed: { size: packedSize, sha256: packedSha256 } })
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function referencesIn(bytes: Uint8Array): string[] {
  const { stream, about }: { stream: string; about: string[] } = JSON.parse(decoder.decode(bytes))
  return tokenedReferences({ stream, about })
}

function* openingLines(refs: readonly string[], log: ProvenLog): Generator<Uint8Array> {
  for (const ref of refs) yield encodeUtf8(`{"ref":"${ref}","rk":"${log.openingOf(ref)}"}\n`)
}
