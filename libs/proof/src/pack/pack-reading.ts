import { JAVASCRIPT_READING, type MemberReading } from '../container/read-container.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import type { VerifyEd25519 } from '../note/ed25519.ts'
import { nobleVerifyEd25519 } from '../note/noble-ed25519.ts'
import type { VerifierKey } from '../note/verifier-key.ts'
import type { TimestampCheck } from './check-timestamps.ts'
import type { PackManifest } from './manifest.ts'

/** What the reader knows from outside the pack. Without any of it a pack can only be consistent in itself. */
export interface PackAnchors {
  /** Keys of the log, or of the log named `system`. */
  readonly keys: readonly VerifierKey[]
  /** Signed tree heads that were kept from earlier, as files. */
  readonly heads: readonly Uint8Array[]
  /** Witnesses' keys (`parseWitnessKey`). */
  readonly witnesses: readonly VerifierKey[]
  /** Certificates of timestamping authorities, DER. */
  readonly authorities: readonly Uint8Array[]
}

export const NO_ANCHORS: PackAnchors = { keys: [], heads: [], witnesses: [], authorities: [] }

/** How the pack is read: by JavaScript alone where nothing else is given. */
export interface PackReading extends Omit<MemberReading, 'onRead'> {
  readonly digests: Digests
  readonly verify: VerifyEd25519
  /** `verifyTimestamp` of `@annal/proof/timestamp`; null: timestamps stay unknown. */
  readonly timestamps: TimestampCheck | null
}

export const JAVASCRIPT_PACK_READING: PackReading = {
  inflate: JAVASCRIPT_READING.inflate,
  runningSha256: JAVASCRIPT_READING.runningSha256,
  digests: nobleDigests,
  verify: nobleVerifyEd25519,
  timestamps: null,
}

/** What the pack is of, as it says of itself. */
export interface PackFacts extends Omit<PackManifest, 'v' | 'members'> {
  /** Base64 of the tree's root. */
  readonly root: string | null
  readonly events: number
  /** Leaves whose event is not in the pack: place, time and tokens are shown, type and content are not. */
  readonly withheld: number
  /** Sealed fields whose key is in the pack. */
  readonly readable: number
  /** Sealed fields that say by which event they were erased. */
  readonly erased: number
  /** Ledger time of the last leaf that is in the pack, '' for none. */
  readonly lastAt: string
}
