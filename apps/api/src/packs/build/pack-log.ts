import type { RecordedEvent } from '@annal/ledger'
import type { LeafIndex, NodeReader, NoteSigner, PackManifest, TreeSize } from '@annal/proof'

export interface PlacedEvent {
  readonly leaf: LeafIndex
  readonly recorded: RecordedEvent
}

/** A log of one workspace at the head under which a pack stands. Nothing behind that head is ever shown. */
export interface PackLog {
  readonly origin: string
  readonly size: TreeSize
  /** Standard base64. */
  readonly root: string
  readonly signedAt: string
  /** The signed tree head with its cosignatures, verbatim. */
  readonly note: Uint8Array
  /** Names of the witnesses that have cosigned it. */
  readonly witnessedBy: readonly string[]
  readonly witnessPolicy: PackManifest['witnesses']
  /** RFC 3161 responses for the head's text, and who gave them. */
  readonly timestamps: readonly { readonly authority: string; readonly response: Uint8Array }[]
  /** Of the keys that sign heads now: they sign the manifest too. */
  readonly signers: readonly NoteSigner[]
  /** Of the keys that have signed the head. */
  readonly verifierKeys: readonly string[]
  readonly nodes: NodeReader
  /** The opening (`rk`, hex) of a reference or stream name. */
  readonly openingOf: (ref: string) => string
  /** The entry's bytes. */
  entry(leaf: LeafIndex): Uint8Array
  /** Null for an event that is not under the head. */
  leafOf(event: RecordedEvent): LeafIndex | null
  /** The events of leaves `from` to `to` − 1, ascending. */
  events(from: number, to: number): AsyncIterable<PlacedEvent>
  /** Proof for these tokens (hex) in the head's token map. */
  mapProof(tokens: readonly string[]): Promise<Uint8Array>
  /** Heads that others may have kept, and what proves that this one continues them. */
  olderHeads(): readonly { readonly oldSize: TreeSize; readonly hashes: readonly Uint8Array[] }[]
}
