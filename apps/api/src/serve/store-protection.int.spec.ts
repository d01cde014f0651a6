import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { secureStreams } from '../../../../libs/ledger/src/esdb/secure-streams.ts'
import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { StoreProtection } from './store-protection.ts'

const USERS = [
  { name: 'admin', password: 'of-the-server', groups: ['$admins'] },
  { name: 'annal', password: 'its-own', groups: [] },
]

describe('the credential that Annal uses for EventStoreDB', () => {
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

  const as = (name: string, password: string) =>
    `esdb://${name}:${password}@localhost:${server.port}?tls=true&tlsCAFile=${encodeURIComponent(join(folder, 'ca.crt'))}`
  const annal = () => new StoreProtection({ kind: 'esdb', connectionString: as('annal', 'its-own') })
  const warnings = async (protection: StoreProtection) => {
    const lines: string[] = []
    await protection.warn((line) => lines.push(line))
    return lines
  }

  test('is warned of where it may delete and truncate, and stays warned of', async () => {
    const protection = annal()
    const [warning] = await warnings(protection)
    expect(warning).toMatch(/^WARNING: .*may delete streams and truncate streams.*\n$/)
    expect(warning).not.toContain('its-own')
    expect(await protection.check()).toMatchObject({ status: 'warned', reason: expect.stringContaining('take events away') })
  })

  test('is fine once an administrator has secured the streams', async () => {
    await secureStreams({ administrator: as('admin', 'of-the-server'), user: 'annal' })
    expect(await warnings(annal())).toEqual([])
    expect(await annal().check()).toEqual({ status: 'ok' })
  })

  test('is asked about again when the server could not be reached', async () => {
    const protection = new StoreProtection({ kind: 'esdb', connectionString: as('annal', 'wrong') })
    expect(await protection.check()).toMatchObject({ status: 'warned', reason: expect.stringContaining('could not be found out') })
    expect(await warnings(new StoreProtection({ kind: 'sqlite' }))).toEqual([])
  })
})
