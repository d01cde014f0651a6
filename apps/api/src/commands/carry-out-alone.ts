import { existsSync } from 'node:fs'
import type { ServerConfig } from '../serve/config.ts'
import { dataFolder } from '../serve/data-folder.ts'
import { openIdentityRoom } from '../serve/identity-room.ts'
import { openLedgerRoom } from '../serve/open-ledger-room.ts'
import { openReadingRoom } from '../serve/reading-room.ts'
import { openSealingRoom } from '../serve/sealing-room.ts'
import type { AdminAnswer, AdminRequest } from './admin-request.ts'
import { carryOut, continuationAnswer } from './admin-socket.ts'

/** Does what the server would do, under the server's lock: where no server runs. What it records is sealed before it ends. */
export async function carryOutAlone(request: AdminRequest, config: ServerConfig): Promise<AdminAnswer> {
  // Only a server opens a record: what was meant for another folder must not seem to be done.
  const { keys, heads } = dataFolder(config.data)
  const mayBeLost = request.command === 'continue-log' && existsSync(heads)
  if (!existsSync(keys) && !mayBeLost)
    return { status: 'refused', message: `${config.data} holds no record: is ANNAL_DATA right? The first start of the server opens one.` }
  const room = await openLedgerRoom(config)
  const closing: (() => Promise<void> | void)[] = [() => room.close()]
  try {
    const host = new URL(config.publicUrl ?? `http://${config.host}`).host
    const sealing = await openSealingRoom(room, config)
    closing.push(() => sealing.close())
    // A system's log that is closed keeps an empty record from being opened: the decision that opens it comes first.
    if (request.command === 'continue-log') {
      await sealing.sealer.follow()
      return continuationAnswer(await sealing.continueLog(request.workspace, request.reason))
    }
    const identity = await openIdentityRoom(room, host, null)
    closing.push(() => identity.close())
    await sealing.follow(host)
    const rebuild = async () => {
      const reading = await openReadingRoom(room)
      await reading.rebuild().finally(() => reading.close())
    }
    const advanceClock = () => {
      throw new Error('A clock is set in the server that runs, and none does.')
    }
    const signInLink = () => {
      throw new Error('A sign-in link is for a server that runs, and none does.')
    }
    const { rotateSigningKey, continueLog } = sealing
    const { directory, keys } = identity
    return await carryOut(request, { directory, keys, rebuild, signInLink, advanceClock, rotateSigningKey, continueLog })
  } finally {
    for (const step of closing.reverse()) await step()
  }
}
