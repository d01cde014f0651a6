import { LogResolver } from '../log/log-resolver.ts'
import { LogStatus } from '../log/log-status.ts'
import type { ServerConfig } from './config.ts'
import type { LedgerRoom } from './open-ledger-room.ts'
import type { ReadingRoom } from './reading-room.ts'
import type { SealingRoom } from './sealing-room.ts'

interface Rooms {
  readonly config: ServerConfig
  readonly room: LedgerRoom
  readonly reading: ReadingRoom
  readonly sealing: SealingRoom
}

export function logResolver({ config, room, reading, sealing }: Rooms): LogResolver {
  const { board, sealer } = sealing
  const { ledger, store, clock } = room
  const pool = reading.trail
  const status = new LogStatus({ board, sealer, pool, store, clock, config })
  return new LogResolver({ board, status, pool, ledger, clock })
}
