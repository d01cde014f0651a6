import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { someEvents } from '../event-store.contract.ts'
import { type EventStore, NO_STREAM, StoreUnavailable } from '../event-store.ts'
import { createUser } from './create-user.ts'
import { openEventStoreDb } from './event-store-db.ts'
import { checkProtection } from './protection.ts'
import { secureStreams } from './secure-streams.ts'

const STREAM = 'ws_a.aisystem-a'
const USERS = [
  { name: 'admin', password: 'of-the-server', groups: ['$admins'] },
  { name: 'annal', password: 'p@ss:word/1', groups: [] },
  { name: 'other', password: 'somebody', groups: [] },
]

describe('access control of EventStoreDB', () => {
  let server: EventStoreDbStandIn
  let folder: string

  beforeEach(async () => {
    server = await new EventStoreDbStandIn({ users: USERS }).start()
    folder = mkdtempSync(join(tmpdir(), 'annal-esdb-'))
    writeFileSync(join(folder, 'ca.crt'), server.tls?.certificate ?? '')
  })

  afterEach(() => {
    server.stop()
    rmSync(folder, { recursive: true })
  })

  const as = (name: string, password = USERS.find((user) => user.name === name)?.password ?? '') =>
    `esdb://${name}:${encodeURIComponent(password)}@localhost:${server.port}?tls=true&tlsCAFile=${encodeURIComponent(join(folder, 'ca.crt'))}`
  const secured = () => secureStreams({ administrator: as('admin'), user: 'annal' })
  const using = async <T>(connectionString: string, use: (store: EventStore) => Promise<T>) => {
    const store = openEventStoreDb({ connectionString })
    return use(store).finally(() => store.close())
  }

  it('is found wanting before it is set, and in place afterwards', async () => {
    expect(await checkProtection({ connectionString: as('annal') })).toMatchObject({
      status: 'unprotected',
      can: ['delete streams', 'truncate streams'],
    })
    expect(await secured()).toEqual({ status: 'secured', changed: ['$settings', '$$$all'] })
    expect(await checkProtection({ connectionString: as('annal') })).toEqual({ status: 'protected' })
  })

  it('lets Annal append, read and subscribe, and nobody else', async () => {
    await secured()
    await using(as('annal'), async (store) => {
      expect(await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 3))).toMatchObject({ status: 'appended' })
      expect(await store.readAll({ after: null, limit: 10 })).toHaveLength(3)
      for await (const batch of store.subscribe({ after: null, signal: new AbortController().signal })) {
        expect(batch.length).toBeGreaterThan(0)
        break
      }
    })
    await using(as('other'), async (store) => {
      await expect(store.append(STREAM, 2, someEvents(STREAM, 3, 1))).rejects.toThrow(StoreUnavailable)
      await expect(store.readStream(STREAM, { direction: 'forwards', limit: 1 })).rejects.toThrow(StoreUnavailable)
      await expect(store.readAll({ after: null, limit: 1 })).rejects.toThrow(StoreUnavailable)
      await expect(store.subscribe({ after: null, signal: new AbortController().signal })[Symbol.asyncIterator]().next()).rejects.toThrow(
        StoreUnavailable,
      )
    })
  })

  it('changes nothing when it is set again', async () => {
    await secured()
    expect(await secured()).toEqual({ status: 'secured', changed: [] })
  })

  it('is not set without the right to, and says so', async () => {
    expect(await secureStreams({ administrator: as('annal'), user: 'annal' })).toMatchObject({
      status: 'skipped',
      warning: expect.stringContaining('annal is no administrator'),
    })
  })

  it('comes with a user of its own, made once, by an administrator only', async () => {
    const made = { administrator: as('admin'), user: 'ledger', password: 'first' }
    expect(await createUser(made)).toBe('created')
    expect(await createUser({ ...made, password: 'second' })).toBe('existed')
    expect(await checkProtection({ connectionString: as('ledger', 'first') })).toMatchObject({ status: 'unprotected' })
    await expect(createUser({ ...made, administrator: as('annal'), user: 'another' })).rejects.toThrow(StoreUnavailable)
  })

  it('does not hold for an administrator', async () => {
    await secured()
    expect(await checkProtection({ connectionString: as('admin') })).toMatchObject({
      status: 'unprotected',
      why: expect.stringContaining('$admins'),
    })
  })

  it('refuses a wrong password, without showing it', async () => {
    await using(as('annal', 'not-it'), async (store) => {
      const refused = await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1)).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(StoreUnavailable)
      expect(String(refused)).not.toContain('not-it')
    })
    await expect(checkProtection({ connectionString: as('annal', 'not-it') })).rejects.toThrow(StoreUnavailable)
  })

  it('tells a user without the right from one that the server does not know', async () => {
    const refusalOf = (connectionString: string) =>
      using(connectionString, (store) => store.readAll({ after: null, limit: 1 }).then(String, (error: unknown) => String(error)))
    expect(await refusalOf(as('annal'))).toMatch(/knows this user, but does not let it .*prepare-event-store/)
    expect(await refusalOf(as('annal', 'not-it'))).toMatch(/does not know this user and password/)
  })

  it('leaves the probes without a trace', async () => {
    await checkProtection({ connectionString: as('annal') })
    await checkProtection({ connectionString: as('admin') })
    expect(server.log.records.filter(({ stream }) => stream.includes('probe'))).toEqual([])
  })

  it('does not exist without TLS, and that is said', async () => {
    const open = await new EventStoreDbStandIn().start()
    expect(await checkProtection({ connectionString: open.connectionString })).toMatchObject({
      status: 'unprotected',
      why: expect.stringContaining('Without TLS'),
    })
    expect(await secureStreams({ administrator: open.connectionString, user: 'annal' })).toMatchObject({
      status: 'skipped',
      warning: expect.stringContaining('Without TLS'),
    })
    open.stop()
  })
})
