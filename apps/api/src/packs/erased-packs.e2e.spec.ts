import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../testing/test-server.ts'

const EXPORT = 'mutation ($input: ExportPackInput!) { exportPack(input: $input) { ... on Pack { id } ... on InvalidInput { message } } }'
const FIND = 'query ($id: ID!) { pack(id: $id) { status problem url sha256 } }'
const ERASE = `mutation ($input: EraseSubjectInput!) { eraseSubject(input: $input) { __typename
  ... on Erasure { status packsHeldBy { pack } } ... on DecisionRefused { reason message } } }`
const REDACT = 'mutation ($input: RedactFieldInput!) { redactField(input: $input) { __typename } }'

interface FoundPack {
  readonly status: string
  readonly problem: string | null
  readonly url: string | null
}

describe('a pack that is kept, after what it discloses was erased', () => {
  let server: TestServer
  let cookie: string
  let key: string
  let workspace: string

  beforeAll(async () => {
    server = await TestServer.start()
    ;({ cookie, workspace } = await server.signIn())
    key = await server.key(workspace)
  })
  afterAll(() => server.stop())

  const find = async (id: string) => (await server.ask<{ pack: FoundPack }>(cookie, FIND, { id })).pack
  const download = async (id: string, headers: Record<string, string> = {}) =>
    (await fetch(`${server.url}/packs/${id}`, { headers: { cookie, ...headers } })).status
  const file = (id: string) => join(server.folder, 'packs', id, 'pack.zip')

  async function exported(scope: Record<string, unknown>, withNames: boolean): Promise<string> {
    const input = { id: randomUUID(), purpose: 'A request', scope, withNames, ...(withNames ? { recipient: 'An authority' } : {}) }
    const { exportPack } = await server.ask<{ exportPack: { id: string } }>(cookie, EXPORT, { input })
    await expect.poll(async () => (await find(exportPack.id)).status).toBe('READY')
    return exportPack.id
  }

  async function reviewed(system: string, subject?: string): Promise<string> {
    const id = randomUUID()
    const said = { decidedOn: '2026-04-14', decisionId: 'dec-1', reviewer: 'loan-officers', outcome: 'confirmed', reason: 'Quagmire.' }
    const event = { decisionReviewed: { system, ...(subject === undefined ? {} : { subject }), ...said } }
    const [outcome] = await server.append(key, { id, occurredAt: '2026-04-14T08:05:00.000Z', event })
    expect(outcome).toMatchObject({ __typename: 'Receipt' })
    await server.ask(cookie, 'query ($p: Position!) { events(first: 1, atLeast: $p) { edges { cursor } } }', { p: outcome?.position })
    return id
  }

  async function subject(): Promise<string> {
    const mutation = 'mutation ($r: String!) { subjectFor(reference: $r) { ... on Subject { id } } }'
    return (await server.ask<{ subjectFor: { id: string } }>(key, mutation, { r: `customer ${randomUUID()}` })).subjectFor.id
  }

  it('is removed with the keys of a data subject, if it opens a field of his, and says why; others stay', async () => {
    const [erased, other] = [await subject(), await subject()]
    await reviewed('loans', erased)
    await reviewed('cards', other)
    const opens = await exported({ kind: 'SYSTEM', thing: 'loans' }, true)
    const filtered = await exported({ kind: 'FILTER', filter: { types: ['DecisionReviewed'] } }, true)
    const withoutNames = await exported({ kind: 'SYSTEM', thing: 'loans' }, false)
    const ofOther = await exported({ kind: 'SYSTEM', thing: 'cards' }, true)
    expect(await download(opens)).toBe(200)
    const { eraseSubject } = await server.ask<{ eraseSubject: { status: string; packsHeldBy: { pack: string }[] } }>(cookie, ERASE, {
      input: { id: randomUUID(), subject: erased, ground: 'request' },
    })
    expect(eraseSubject).toMatchObject({ status: 'ERASED', packsHeldBy: expect.arrayContaining([{ pack: opens }]) })
    for (const id of [opens, filtered]) {
      expect([existsSync(file(id)), await download(id), await download(id, { range: 'bytes=100-' })]).toEqual([false, 404, 404])
      expect(await find(id)).toMatchObject({
        status: 'FAILED',
        problem: expect.stringContaining(`opened what was erased under ${workspace}.subject-${erased}/`),
        url: null,
      })
    }
    for (const id of [withoutNames, ofOther]) expect([existsSync(file(id)), await download(id)]).toEqual([true, 200])
    expect(await download(await exported({ kind: 'SYSTEM', thing: 'loans' }, true))).toBe(200)
  })

  it('is removed when a text in it is redacted, names or not', async () => {
    const event = await reviewed('desk')
    await reviewed('other-desk')
    const opens = await exported({ kind: 'SYSTEM', thing: 'desk' }, false)
    const other = await exported({ kind: 'SYSTEM', thing: 'other-desk' }, false)
    const input = { id: randomUUID(), event, path: '/reason', reason: 'It names a customer by mistake.' }
    expect(await server.ask(cookie, REDACT, { input })).toEqual({ redactField: { __typename: 'DecisionRecorded' } })
    expect([await download(opens), await download(other)]).toEqual([404, 200])
  })

  it('is removed when its own purpose is redacted: it stands in every document of it', async () => {
    await reviewed('purposes')
    const pack = await exported({ kind: 'SYSTEM', thing: 'purposes' }, false)
    const { exportEvent } = (
      await server.ask<{ pack: { exportEvent: string } }>(cookie, 'query ($id: ID!) { pack(id: $id) { exportEvent } }', { id: pack })
    ).pack
    const input = { id: randomUUID(), event: exportEvent, path: '/purpose', reason: 'It names a customer by mistake.' }
    await expect.poll(() => server.ask(cookie, REDACT, { input })).toEqual({ redactField: { __typename: 'DecisionRecorded' } })
    expect([await download(pack), await find(pack)]).toMatchObject([
      404,
      { status: 'FAILED', problem: expect.stringContaining('erased under') },
    ])
  })

  it('leaves no job with a redacted purpose, and is listed once, though its job failed after its export was recorded', async () => {
    await reviewed('stuck')
    const pack = await exported({ kind: 'SYSTEM', thing: 'stuck' }, false)
    const exportEvent = pack.slice('pack-'.length)
    const job = join(server.folder, 'packs', pack, 'job.json')
    const asked = { pack, exportEvent, workspace, scope: { kind: 'system', thing: 'aisystem:stuck' }, purpose: 'Names Erika Vogt' }
    await server.close()
    writeFileSync(
      job,
      JSON.stringify({ job: { ...asked, requester: { id: 'per_1' } }, state: { status: 'failed', problem: 'Uncertain.' } }),
    )
    await server.restart()
    ;({ cookie } = await server.signIn())
    const listed = async () => {
      const { packs } = await server.ask<{ packs: { edges: { node: { id: string } }[] } }>(cookie, '{ packs { edges { node { id } } } }')
      return packs.edges.filter(({ node }) => node.id === pack).length
    }
    await expect.poll(listed).toBe(1)
    const input = { id: randomUUID(), event: exportEvent, path: '/purpose', reason: 'It names a customer by mistake.' }
    await expect.poll(() => server.ask(cookie, REDACT, { input })).toEqual({ redactField: { __typename: 'DecisionRecorded' } })
    expect([existsSync(job), await listed()]).toEqual([false, 1])
  })

  it('that came back from a backup is gone before anything is served', async () => {
    const erased = await subject()
    await reviewed('backup', erased)
    const id = await exported({ kind: 'SYSTEM', thing: 'backup' }, true)
    const copy = join(server.folder, 'copy')
    cpSync(join(server.folder, 'packs', id), copy, { recursive: true })
    await server.ask(cookie, ERASE, { input: { id: randomUUID(), subject: erased, ground: 'request' } })
    await server.close()
    rmSync(join(server.folder, 'packs', id), { recursive: true })
    cpSync(copy, join(server.folder, 'packs', id), { recursive: true })
    rmSync(join(server.folder, 'erasures.json'))
    await server.restart()
    expect(existsSync(file(id))).toBe(false)
    ;({ cookie } = await server.signIn())
    expect(await find(id)).toMatchObject({ status: 'FAILED', problem: expect.stringContaining('erased under') })
    expect(readFileSync(join(server.folder, 'packs', id, 'withdrawn.json'), 'utf8')).toContain(`subject-${erased}`)
  })

  it('lists who holds the name of a person that is erased, though the pack is of something else', async () => {
    const { person, cookie: theirs } = await server.join(cookie, 'ADMINISTRATOR', 'Erika Vogt')
    const facts = { name: 'Named', purpose: 'p', owner: 'x', businessUnit: 'x', role: 'provider', region: 'eu', serviceTier: 'gold' }
    await server.append(key, {
      id: randomUUID(),
      occurredAt: '2026-04-14T08:05:00.000Z',
      event: { systemRegistered: { system: 'named', ...facts } },
    })
    await reviewed('named')
    const { id: me } = (await server.ask<{ viewer: { id: string } }>(cookie, '{ viewer { id } }')).viewer
    const { requested } = await server.ask<{ requested: unknown }>(
      theirs,
      'mutation ($input: RequestApprovalInput!) { requested: requestApproval(input: $input) { __typename } }',
      { input: { id: randomUUID(), subject: 'aisystem:named', quorum: 1, approvers: [me], expiresAt: '2099-01-01T00:00:00Z' } },
    )
    expect(requested).toEqual({ __typename: 'DecisionRecorded' })
    const pack = await exported({ kind: 'SYSTEM', thing: 'named' }, true)
    const disclosed = '{ events(filter: { types: [PersonalDataDisclosed] }, first: 1) { edges { node { data } } } }'
    await expect.poll(async () => JSON.stringify(await server.ask(cookie, disclosed))).toContain(person)
    const { dataSubject } = await server.ask<{ dataSubject: { id: string } }>(
      cookie,
      'query ($r: String!) { dataSubject(reference: $r) { id } }',
      { r: `annal:person:${person}` },
    )
    const { eraseSubject } = await server.ask<{ eraseSubject: unknown }>(cookie, ERASE, {
      input: { id: randomUUID(), subject: dataSubject.id, ground: 'request' },
    })
    expect(eraseSubject).toMatchObject({ status: 'ERASED', packsHeldBy: expect.arrayContaining([{ pack }]) })
    expect(existsSync(file(pack))).toBe(false)
  })
})
