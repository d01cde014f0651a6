// Makes an EventStoreDB (or KurrentDB) server ready for Annal: Annal's user, and access control under which that user can neither
// delete nor truncate streams. Done again it changes nothing. Run once by docker-compose.yml, with the administrator's password.
import { setTimeout } from 'node:timers/promises'
import { createUser } from '../libs/ledger/dist/esdb/create-user.js'
import { checkProtection } from '../libs/ledger/dist/esdb/protection.js'
import { secureStreams } from '../libs/ledger/dist/esdb/secure-streams.js'

const { EVENT_STORE_HOST, EVENT_STORE_CA_FILE, EVENT_STORE_ADMIN_PASSWORD, EVENT_STORE_USER, EVENT_STORE_PASSWORD } = process.env
/** Seconds. A server that was just made is alive before it has made its administrator. */
const { EVENT_STORE_PATIENCE = '60' } = process.env

try {
  console.log(await patiently(() => prepare(connectionString('admin', EVENT_STORE_ADMIN_PASSWORD), EVENT_STORE_USER)))
  process.exit(0)
} catch (error) {
  console.error(`The event store was not made ready: ${error.message}`)
  process.exit(1)
}

async function patiently(work) {
  const end = performance.now() + Number(EVENT_STORE_PATIENCE) * 1000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (error.name !== 'StoreUnavailable' || performance.now() > end) throw error
      await setTimeout(1000)
    }
  }
}

async function prepare(administrator, user) {
  const made = await createUser({ administrator, user, password: EVENT_STORE_PASSWORD })
  const secured = await secureStreams({ administrator, user })
  if (secured.status === 'skipped') throw new Error(secured.warning)
  const protection = await checkProtection({ connectionString: connectionString(user, EVENT_STORE_PASSWORD) })
  if (protection.status === 'unprotected') throw new Error(`${user} can still ${protection.can.join(' and ')}. ${protection.why}`)
  return `${user} ${made}: it reads and appends, and can neither delete nor truncate streams.`
}

function connectionString(user, password) {
  return `esdb://${user}:${encodeURIComponent(password)}@${EVENT_STORE_HOST}?tls=true&tlsCAFile=${encodeURIComponent(EVENT_STORE_CA_FILE)}`
}
