import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '@annal/ledger'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TsaStandIn } from '../../../../test/stand-ins/tsa/tsa-stand-in.ts'
import { WitnessStandIn } from '../../../../test/stand-ins/witness/witness.ts'
import { driftDetected, TestServer } from '../testing/test-server.ts'

interface LogAnswer {
  readonly log: {
    readonly state: string
    readonly reason: string | null
    readonly origin: string
    readonly treeSize: string
    readonly timestampAuthority: string | null
    readonly timestampProblem: string | null
    readonly witnessQuorum: number
    readonly witnesses: readonly {
      readonly name: string
      readonly lastSize: string | null
      readonly lastAt: string | null
      readonly problem: string | null
    }[]
    readonly keys: readonly { readonly verifierKey: string; readonly retiredAt: string | null }[]
    readonly head: {
      readonly size: string
      readonly note: string
      readonly witnessedBy: readonly string[]
      readonly timestampedAt: string | null
    } | null
  }
}

const LOG = `{ log { state reason origin treeSize timestampAuthority timestampProblem witnessQuorum publishFolder
  witnesses { name lastSize lastAt problem } keys { verifierKey retiredAt } head { size note witnessedBy timestampedAt } } }`

describe('heads that leave the house', () => {
  const published = mkdtempSync(join(tmpdir(), 'annal-heads-'))
  let witness: WitnessStandIn
  let tsa: TsaStandIn
  let server: TestServer

  beforeAll(async () => {
    witness = await new WitnessStandIn().start()
    tsa = await new TsaStandIn().start()
    const environment = { ANNAL_WITNESSES: witness.setting, ANNAL_TSA: tsa.url, ANNAL_PUBLISH_DIR: published }
    server = await TestServer.start(mkdtempSync(join(tmpdir(), 'annal-')), [], environment)
  })
  afterAll(async () => {
    await server.stop()
    await witness.stop()
    await tsa.stop()
    rmSync(published, { recursive: true })
  })

  const until = async (cookie: string, holds: (log: LogAnswer['log']) => boolean) => {
    for (let tries = 0; ; tries++) {
      const { log } = await server.ask<LogAnswer>(cookie, LOG)
      if (holds(log)) return log
      if (tries > 300) throw new Error(`expected another log, found ${JSON.stringify(log)}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  test('are published, cosigned and timestamped; what is missing shows', async () => {
    const { cookie, workspace } = await server.signIn()
    await server.append(await server.key(workspace), driftDetected())
    const sealed = await until(cookie, ({ treeSize, keys }) => Number(treeSize) >= 3 && keys.length === 1)
    expect(sealed).toMatchObject({ witnessQuorum: 1, timestampAuthority: tsa.url })
    const untrusted = await until(cookie, ({ witnesses, head }) => witnesses[0]?.problem !== null && head !== null)
    expect(untrusted.head?.witnessedBy).toEqual([])
    witness.trust(...sealed.keys.map(({ verifierKey }) => verifierKey))
    await server.restart()
    const { cookie: again } = await server.signIn()
    const cosigned = await until(again, ({ witnesses }) => witnesses[0]?.problem === null)
    expect(cosigned.witnesses).toMatchObject([{ name: 'witness.example', lastSize: expect.any(String), problem: null }])
    expect(cosigned.timestampProblem).toBeNull()
    const heads = await server.ask<{ treeHeads: { edges: { node: LogAnswer['log']['head'] }[] } }>(
      again,
      '{ treeHeads(first: 50) { edges { node { size note witnessedBy timestampedAt } } } }',
    )
    const seen = heads.treeHeads.edges.find(({ node }) => node?.size === cosigned.witnesses[0]?.lastSize)?.node
    expect(seen).toMatchObject({ witnessedBy: ['witness.example'], timestampedAt: expect.stringMatching(/Z$/) })
    const size = String(seen?.size)
    const file = join(published, workspace, '00000000000', `${size.padStart(16, '0')}.checkpoint`)
    expect(readFileSync(file, 'utf8')).toBe(seen?.note)
  })

  test('the key rotates: both sign for a while, then the old one is retired and its private half is gone', async () => {
    const { cookie, workspace } = await server.signIn()
    const service = await server.key(workspace)
    const signatures = async () => {
      const { treeSize } = (await server.ask<LogAnswer>(cookie, LOG)).log
      await server.append(service, driftDetected())
      const { head } = await until(cookie, (log) => Number(log.treeSize) > Number(treeSize))
      return head?.note.split('\n').filter((line) => line.startsWith('— ')).length
    }
    expect(await signatures()).toBe(1)
    expect(await server.admin({ command: 'rotate-signing-key', overlapHours: 1, because: 'rotated' })).toMatchObject({ status: 'done' })
    expect(await signatures()).toBe(2)
    const both = (await server.ask<LogAnswer>(cookie, LOG)).log.keys
    expect(both).toHaveLength(2)
    expect(both.every(({ retiredAt }) => retiredAt === null)).toBe(true)
    expect(await server.admin({ command: 'rotate-signing-key', overlapHours: 0, because: 'rotated' })).toMatchObject({ status: 'done' })
    expect(await signatures()).toBe(1)
    const keys = (await server.ask<LogAnswer>(cookie, LOG)).log.keys
    expect(keys.map(({ retiredAt }) => retiredAt === null)).toEqual([true, false, false])
    const text = readFileSync(join(server.folder, 'signing.key'), 'utf8')
    expect(text.match(/BEGIN PRIVATE KEY/g)).toHaveLength(1)
    await server.restart()
    const after = await server.signIn()
    await server.append(service, driftDetected())
    expect((await until(after.cookie, ({ state }) => state === 'OPEN')).state).toBe('OPEN')
    expect(readdirSync(server.folder).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  test('a key that somebody else has ends at once, and the system log says why', async () => {
    const { cookie, workspace } = await server.signIn()
    const service = await server.key(workspace)
    const [before] = (await server.ask<LogAnswer>(cookie, LOG)).log.keys
    expect(await server.admin({ command: 'rotate-signing-key', overlapHours: 0, because: 'compromised' })).toMatchObject({ status: 'done' })
    await server.append(service, driftDetected())
    const { head } = await until(cookie, ({ head, treeSize }) => head?.size === treeSize)
    expect(head?.note.split('\n').filter((line) => line.startsWith('— '))).toHaveLength(1)
    const store = openSqliteStore({ file: join(server.folder, 'events.db'), mode: 'read' })
    const events = await store.readAll({ after: null, limit: 1_000, types: ['SigningKeyRetired'] })
    await store.close()
    const retired = events
      .filter(({ type }) => type === 'SigningKeyRetired')
      .map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()).data)
    expect(retired).toContainEqual(expect.objectContaining({ because: 'compromised', verifierKey: before?.verifierKey }))
  })
})
