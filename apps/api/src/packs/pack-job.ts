import type { Actor } from '@annal/ledger'
import type { PackScope } from './pack-scope.ts'

/** A pack that was asked for: all that its bytes depend on, besides the record and the release. */
export interface PackJob {
  readonly pack: string
  /** The id of the `EvidencePackExported` to come: the client's, so that asking again makes one pack. */
  readonly exportEvent: string
  readonly workspace: string
  readonly workspaceName: string
  readonly simulatedClock: boolean
  readonly scope: PackScope
  readonly purpose: string
  /** Who gets it, where names are disclosed. */
  readonly recipient: string | null
  readonly requester: Actor
  readonly requestedAt: string
  /** Discloses the profiles of people who decided, and the personal fields of data subjects. */
  readonly withNames: boolean
}

export interface BuiltPack {
  readonly sha256: string
  readonly bytes: number
  readonly events: number
  readonly treeSize: number
  /** People whose profiles are in it. */
  readonly people: readonly string[]
}
