import type { ServerConfig } from '../serve/config.ts'
import { openIdentityRoom } from '../serve/identity-room.ts'
import { openLedgerRoom } from '../serve/open-ledger-room.ts'
import { openReadingRoom } from '../serve/reading-room.ts'
import type { AdminAnswer, AdminRequest } from './admin-request.ts'
import { carryOut } from './admin-socket.ts'

/** Does what the server would do, under the server's lock: where no server runs. */
export async function carryOutAlone(request: AdminRequest, config: ServerConfig): Promise<AdminAnswer> {
  const room = openLedgerRoom(config)
  try {
    const identity = await openIdentityRoom(room, new URL(config.publicUrl ?? `http://${config.host}`).host)
    const rebuild = async () => {
      const reading = await openReadingRoom(room)
      await reading.rebuild().finally(() => reading.close())
    }
    const signInLink = () => {
      throw new Error('A sign-in link is for a server that runs, and none does.')
    }
    return await carryOut(request, { directory: identity.directory, keys: identity.keys, rebuild, signInLink }).finally(() =>
      identity.close(),
    )
  } finally {
    await room.close()
  }
}
