import type { Access } from './access.ts'
import type { Faults } from './faults.ts'
import type { Log } from './log.ts'

/** What the handlers of the calls need of the server that they belong to. */
export interface Server {
  readonly log: Log
  readonly access: Access
  readonly faults: Faults
  dropConnections(): void
}
