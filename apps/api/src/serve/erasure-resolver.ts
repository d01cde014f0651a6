import type { GuardedStreams } from '../append/guarded-streams.ts'
import type { DecisionDesk } from '../decisions/decision-desk.ts'
import { ErasureDesk } from '../erasure/erasure-desk.ts'
import { ErasureResolver } from '../erasure/erasure-resolver.ts'
import type { Erasures } from '../erasure/erasures.ts'
import type { IdentityRoom } from './identity-room.ts'
import type { LedgerRoom } from './open-ledger-room.ts'
import type { ReadingRoom } from './reading-room.ts'

interface Rooms {
  readonly room: LedgerRoom
  readonly identity: IdentityRoom
  readonly reading: ReadingRoom
  readonly guarded: GuardedStreams
  readonly decisions: DecisionDesk
  readonly erasures: Erasures
}

export function erasureResolver({ room, identity, reading, guarded, decisions, erasures }: Rooms): ErasureResolver {
  const { store, keys, clock } = room
  const { trail } = reading
  const now = clock.instant
  const desk = new ErasureDesk({ store, keys, guarded, trail, purger: reading, erasures, now })
  return new ErasureResolver({ desk, decisions, keys, trail, directory: identity.directory, now })
}
