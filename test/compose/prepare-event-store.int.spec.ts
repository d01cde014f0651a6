import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventStoreDbStandIn } from '../stand-ins/eventstoredb/event-store-db-stand-in.ts'

const root = resolve(import.meta.dirname, '../..')
const built = existsSync(join(root, 'libs/ledger/dist/esdb/create-user.js'))
if (!built) console.warn('libs/ledger is not built: what prepares an event store for Annal in docker-compose.yml is not tested.')

describe.skipIf(!built)('what docker-compose.yml runs once to prepare the event store', () => {
  let server: EventStoreDbStandIn
  let folder: string

  beforeEach(async () => {
    server = await new EventStoreDbStandIn({ users: [{ name: 'admin', password: 'adm1n', groups: ['$admins'] }] }).start()
    folder = mkdtempSync(join(tmpdir(), 'annal-compose-'))
    writeFileSync(join(folder, 'ca.crt'), server.tls?.certificate ?? '')
  })

  afterEach(() => {
    server.stop()
    rmSync(folder, { recursive: true })
  })

  const prepare = async (over: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [join(root, 'docker/prepare-event-store.mjs')], {
      env: {
        PATH: process.env.PATH,
        EVENT_STORE_HOST: `localhost:${server.port}`,
        EVENT_STORE_CA_FILE: join(folder, 'ca.crt'),
        EVENT_STORE_ADMIN_PASSWORD: 'adm1n',
        EVENT_STORE_USER: 'annal',
        EVENT_STORE_PASSWORD: 'p@ss/word',
        EVENT_STORE_PATIENCE: '0',
        ...over,
      },
    })
    const [code, out, err] = await Promise.all([new Promise((done) => child.on('exit', done)), text(child.stdout), text(child.stderr)])
    return { code, said: out + err }
  }

  it('makes the user and keeps it from deleting and truncating, as often as it is run', async () => {
    expect(await prepare()).toMatchObject({ code: 0, said: expect.stringContaining('annal created: it reads and appends') })
    expect(await prepare()).toMatchObject({ code: 0, said: expect.stringContaining('annal existed: it reads and appends') })
  })

  it('waits for a server that lives, but makes its administrator only now', async () => {
    const fresh = await new EventStoreDbStandIn({ users: [] }).start()
    writeFileSync(join(folder, 'ca.crt'), fresh.tls?.certificate ?? '')
    setTimeout(() => fresh.access.addUser({ name: 'admin', password: 'adm1n', groups: ['$admins'] }), 1_500)
    expect(await prepare({ EVENT_STORE_HOST: `localhost:${fresh.port}`, EVENT_STORE_PATIENCE: '30' })).toMatchObject({ code: 0 })
    fresh.stop()
  })

  it('fails where the passwords are wrong, without showing them', async () => {
    const wrongAdministrator = await prepare({ EVENT_STORE_ADMIN_PASSWORD: 'n0t-it' })
    expect(wrongAdministrator.code).toBe(1)
    expect(wrongAdministrator.said).not.toContain('n0t-it')
    expect((await prepare()).code).toBe(0)
    expect((await prepare({ EVENT_STORE_PASSWORD: 'changed' })).code).toBe(1)
  })
})
