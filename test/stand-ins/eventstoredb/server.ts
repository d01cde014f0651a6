import type { Metadata } from '@grpc/grpc-js'
import type { Access } from './access.ts'
import type { Faults } from './faults.ts'
import type { Log } from './log.ts'
import type { notLeader } from './refusals.ts'

/** What the handlers of the calls need of the server that they belong to. */
export interface Server {
  readonly log: Log
  readonly access: Access
  readonly faults: Faults
  dropConnections(): void
  /** What a node that follows says to who requires the leader. */
  elsewhere(metadata: Metadata): ReturnType<typeof notLeader> | null
}
