import type { EventReader, KeyReader } from '@annal/ledger'
import type { AuditTrail } from '@annal/projections'
import type { FieldDisclosures } from './field-disclosure.ts'
import type { PackLog } from './pack-log.ts'

/** What a pack is built from: the record, its keys, and the logs at the heads under which the pack stands. */
export interface BuildSurroundings {
  readonly store: EventReader
  readonly keys: KeyReader
  readonly trail: AuditTrail
  readonly log: PackLog
  readonly systemLog: PackLog
  readonly disclosures: FieldDisclosures
  /** An existing folder for what is written while the events pass by. */
  readonly folder: string
  readonly release: string
  /** The offline verifier, or null where it was not built. */
  readonly verifier: Uint8Array | null
  /** `0` to `1`. */
  progress(share: number): void
}
