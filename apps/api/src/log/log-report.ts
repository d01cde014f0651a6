import type { LogStanding, StoredHead } from '@annal/ledger'

/** What the sealer says of one log. */
export interface LogReport {
  /** `<workspace>`, `<workspace>~2` … */
  readonly name: string
  readonly workspace: string
  readonly generation: number
  readonly origin: string | null
  readonly standing: LogStanding['status']
  /** Why it is closed or failed. */
  readonly reason: string | null
  /** Leaves that were counted, under a head or not. */
  readonly size: number
  /** The newest head that was published. */
  readonly head: StoredHead | null
  readonly closed: ClosedBy | null
}

/** The signed head that the record does not extend. */
export interface ClosedBy {
  readonly origin: string
  readonly size: number
  /** Base64. */
  readonly root: string
  readonly foundIn: 'head_store' | 'publish_folder' | 'witness'
  /** What the record gives at this size, if it has so many leaves. */
  readonly otherRoot: string | null
}
