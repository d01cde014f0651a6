import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommitSignal, LogHeads, loadMasterKey, loadSigningKeys } from '@annal/ledger'
import { NO_ANCHORS, parseVerifierKey, verifyPack } from '@annal/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { driftDetected, TestServer } from '../testing/test-server.ts'
import { buildInProcess } from '../workers/pack-process.ts'
import type { PinnedHead } from './build/pinned-head.ts'

const PACK =
  'id status problem progress events treeSize sha256 bytes completeness url downloads shares { person role until revokedAt } exportEvent'
const EXPORT = `mutation ($input: ExportPackInput!) { exportPack(input: $input) { __typename ... on Pack { ${PACK} } ... on InvalidInput { message path } } }`
const FIND = `query ($id: ID!) { pack(id: $id) { ${PACK} } }`
const LIST = `{ packs(first: 2) { edges { cursor node { id status } } pageInfo { hasNextPage endCursor } } }`
const PREVIEW = `query ($scope: PackScopeInput!) { packPreview(scope: $scope) { events { value exact } treeSize completeness } }`

interface PackAnswer {
  readonly __typename?: string
  readonly id: string
  readonly status: 'BUILDING' | 'READY' | 'FAILED'
  readonly problem: string | null
  readonly events: number
  readonly treeSize: string
  readonly sha256: string
  readonly bytes: number
  readonly downloads: number
  readonly exportEvent: string
}

interface SharedPage {
  readonly edges: readonly { readonly node: { readonly id: string } }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

describe('evidence packs', () => {
  let server: TestServer
  let cookie: string
  let workspace: string
  let key: string
  const events = Array.from({ length: 6 }, () => randomUUID())

  beforeAll(async () => {
    server = await TestServer.start()
    ;({ cookie, workspace } = await server.signIn())
    key = await server.key(workspace)
    for (const id of events.slice(1)) await server.append(key, driftDetected({ model: 'cs', systems: ['credit-scoring'] }, id))
    await server.append(key, driftDetected({ model: 'other', systems: ['limit-setting'] }, events[0]))
  })
  afterAll(() => server.stop())

  const ask = (input: Record<string, unknown>) =>
    server.ask<{ exportPack: PackAnswer & { message: string; path: string } }>(cookie, EXPORT, {
      input: { purpose: 'A request', ...input },
    })

  async function exported(input: Record<string, unknown>): Promise<PackAnswer> {
    const { exportPack } = await ask({ id: randomUUID(), ...input })
    expect(exportPack.__typename).toBe('Pack')
    return ready(exportPack.id)
  }

  async function ready(id: string): Promise<PackAnswer> {
    for (let i = 0; i < 600; i++) {
      const { pack } = await server.ask<{ pack: PackAnswer }>(cookie, FIND, { id })
      if (pack.status !== 'BUILDING') return pack
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('expected the pack to be ready within a minute, found it is not')
  }

  const download = (id: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/packs/${id}`, { headers: { cookie, ...headers } })

  it('of a system hold every event that names it, and are recorded as exported', async () => {
    const pack = await exported({ scope: { kind: 'SYSTEM', thing: 'credit-scoring' } })
    expect(pack).toMatchObject({ status: 'READY', problem: null, events: 5, completeness: 'BY_THE_TOKEN_MAP' })
    const file = Buffer.from(await (await download(pack.id)).arrayBuffer())
    expect(file.length).toBe(pack.bytes)
    expect(createHash('sha256').update(file).digest('hex')).toBe(pack.sha256)
    const exportEvent = () => server.ask<unknown>(cookie, 'query ($id: UUID!) { event(id: $id) { type data } }', { id: pack.exportEvent })
    await expect.poll(exportEvent).toMatchObject({ event: { type: 'EvidencePackExported', data: { sha256: pack.sha256, events: 5 } } })
  })

  it('of the workspace and of a period hold a range of the log without a gap', async () => {
    const whole = await exported({ scope: { kind: 'WORKSPACE' } })
    expect(whole).toMatchObject({ status: 'READY', completeness: 'BY_THE_TREE' })
    expect(String(whole.events)).toBe(whole.treeSize)
    const period = await exported({ scope: { kind: 'PERIOD', from: '2020-01-01T00:00:00.000Z', until: '2099-01-01T00:00:00.000Z' } })
    expect(period.events).toBeGreaterThanOrEqual(whole.events)
    const nothing = await exported({ scope: { kind: 'PERIOD', from: '2020-01-01T00:00:00.000Z', until: '2020-02-01T00:00:00.000Z' } })
    expect(nothing).toMatchObject({ status: 'READY', problem: null })
  })

  it('of a filter claim no completeness', async () => {
    const pack = await exported({ scope: { kind: 'FILTER', filter: { types: ['DriftDetected'] } } })
    expect(pack).toMatchObject({ status: 'READY', events: 6, completeness: 'NOT_CLAIMED' })
  })

  it.each([
    ['a system', { kind: 'SYSTEM', thing: 'credit-scoring' }],
    ['the workspace', { kind: 'WORKSPACE' }],
    ['a period', { kind: 'PERIOD', from: '2020-01-01T00:00:00.000Z', until: '2099-01-01T00:00:00.000Z' }],
    ['a time before all', { kind: 'PERIOD', from: '2020-01-01T00:00:00.000Z', until: '2020-02-01T00:00:00.000Z' }],
    ['a filter', { kind: 'FILTER', filter: { types: ['DriftDetected'] } }],
  ])('of %s hold for who knows the key, and are only consistent for who does not', async (_name, scope) => {
    const { id } = await exported({ scope })
    const file = new Uint8Array(await (await download(id)).arrayBuffer())
    const source = { size: file.length, read: (at: number, length: number) => file.slice(at, at + length) }
    const alone = await verifyPack(source)
    expect(alone).toMatchObject({ outcome: 'consistent', frauds: [] })
    const keys = (alone.facts?.keys ?? []).map((written) => parseVerifierKey(written)).filter((known) => known !== null)
    expect(await verifyPack(source, { ...NO_ANCHORS, keys })).toMatchObject({ outcome: 'holds' })
  })

  it('of a thing that nothing names is never green: that nothing does, no proof can show', async () => {
    const { id } = await exported({ scope: { kind: 'MODEL', thing: 'unheard-of' } })
    const file = new Uint8Array(await (await download(id)).arrayBuffer())
    const source = { size: file.length, read: (at: number, length: number) => file.slice(at, at + length) }
    const { facts } = await verifyPack(source)
    const keys = (facts?.keys ?? []).map((written) => parseVerifierKey(written)).filter((known) => known !== null)
    expect(await verifyPack(source, { ...NO_ANCHORS, keys })).toMatchObject({
      outcome: 'consistent',
      verdicts: { completeness: { verdict: 'partial' }, signature: { verdict: 'holds' } },
    })
  })

  it('are exported by people: a key is refused before anything is made', async () => {
    const auditor = await server.key(workspace, 'AUDITOR')
    const input = { id: randomUUID(), purpose: 'A request', scope: { kind: 'WORKSPACE' } }
    expect(await server.ask(auditor, EXPORT, { input })).toEqual({ exportPack: { __typename: 'NotAllowed' } })
    expect(await server.ask(cookie, FIND, { id: `pack-${input.id}` })).toEqual({ pack: null })
  })

  it('are previewed without being made', async () => {
    const { packPreview } = await server.ask<{ packPreview: unknown }>(cookie, PREVIEW, {
      scope: { kind: 'SYSTEM', thing: 'limit-setting' },
    })
    expect(packPreview).toMatchObject({ events: { value: 1, exact: true }, completeness: 'BY_THE_TOKEN_MAP' })
  })

  it('are made once however often the same export is asked for', async () => {
    const id = randomUUID()
    const first = await exported({ id, scope: { kind: 'WORKSPACE' } })
    const again = await ask({ id, scope: { kind: 'WORKSPACE' } })
    expect(again.exportPack.id).toBe(first.id)
    expect(await ready(first.id)).toEqual(first)
  })

  it('are not overwritten by another workspace that asks with the same id', async () => {
    const { id, sha256, exportEvent } = await exported({ scope: { kind: 'SYSTEM', thing: 'credit-scoring' } })
    const opening = 'mutation { openWorkspace(input: { name: "Another" }) { ... on Workspace { id } } }'
    const { openWorkspace: other } = await server.ask<{ openWorkspace: { id: string } }>(cookie, opening)
    const input = { id: exportEvent, scope: { kind: 'WORKSPACE' }, purpose: 'Another request' }
    const there = async (query: string, variables: Record<string, unknown>) =>
      (await server.graphql(cookie, query, variables, `/w/${other.id}/graphql`)).data
    expect(await there(EXPORT, { input })).toMatchObject({ exportPack: { __typename: 'InvalidInput', path: '/id' } })
    expect(await there(FIND, { id })).toEqual({ pack: null })
    const file = Buffer.from(await (await download(id)).arrayBuffer())
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
  })

  it('are each shown once to whom they are shared with, at the newest share, page by page', async () => {
    const { cookie: theirs } = await server.join(cookie, 'REGULATOR')
    const scope = { kind: 'SYSTEM', thing: 'credit-scoring' }
    const [first, second] = [(await exported({ scope })).id, (await exported({ scope })).id]
    const sharing = 'mutation ($input: SharePackInput!) { sharePack(input: $input) { __typename } }'
    for (const [pack, day] of [
      [first, '01'],
      [second, '01'],
      [first, '02'],
    ] as const) {
      const input = { id: randomUUID(), pack, role: 'REGULATOR', until: `2099-01-${day}T00:00:00.000Z` }
      expect(await server.ask(cookie, sharing, { input })).toEqual({ sharePack: { __typename: 'Pack' } })
    }
    const query = `query ($after: String) { sharedPacks(first: 1, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`
    const shown = async () => {
      const ids: string[] = []
      for (let after: string | null = null, more = true; more; ) {
        const { sharedPacks }: { sharedPacks: SharedPage } = await server.ask(theirs, query, { after })
        ids.push(...sharedPacks.edges.map(({ node }) => node.id))
        ;({ endCursor: after, hasNextPage: more } = sharedPacks.pageInfo)
      }
      return ids
    }
    await expect.poll(shown).toEqual([first, second])
  })

  it('that were asked for are made, though the server stops before', async () => {
    const { exportPack } = await ask({ id: randomUUID(), scope: { kind: 'WORKSPACE' } })
    await server.restart()
    ;({ cookie } = await server.signIn())
    expect(await ready(exportPack.id)).toMatchObject({ status: 'READY', problem: null })
  })

  it('are downloaded in pieces, and each taking of one is recorded once', async () => {
    const { id, bytes } = await exported({ scope: { kind: 'SYSTEM', thing: 'credit-scoring' } })
    const first = await download(id, { range: 'bytes=0-99' })
    const rest = await download(id, { range: 'bytes=100-' })
    expect([first.status, rest.status]).toEqual([206, 206])
    const joined = Buffer.concat([Buffer.from(await first.arrayBuffer()), Buffer.from(await rest.arrayBuffer())])
    expect(joined.length).toBe(bytes)
    const { pack } = await server.ask<{ pack: PackAnswer }>(cookie, FIND, { id })
    expect(pack.downloads).toBe(1)
  })

  it('go on where a download broke off, if it was of this very file', async () => {
    const { id, bytes } = await exported({ scope: { kind: 'SYSTEM', thing: 'credit-scoring' } })
    const etag = (await download(id, { range: 'bytes=0-99' })).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/)
    const lengthWith = async (held: string) => {
      const answer = await download(id, { range: 'bytes=100-', 'if-range': held })
      return [answer.status, (await answer.arrayBuffer()).byteLength]
    }
    expect(await lengthWith(etag)).toEqual([206, bytes - 100])
    const others = [`"${'0'.repeat(64)}"`, `W/${etag}`, new Date(Date.now() + 60_000).toUTCString()]
    for (const other of others) expect(await lengthWith(other)).toEqual([200, bytes])
    const { pack } = await server.ask<{ pack: PackAnswer }>(cookie, FIND, { id })
    expect(pack.downloads).toBe(1 + others.length)
  })

  it.each(['bytes=1-', 'bytes=00-', 'bytes=-1000'])('are recorded as taken by who never asked for the first byte: %s', async (range) => {
    const { id } = await exported({ scope: { kind: 'SYSTEM', thing: 'credit-scoring' } })
    expect((await download(id, { range })).status).toBe(206)
    const { pack } = await server.ask<{ pack: PackAnswer }>(cookie, FIND, { id })
    expect(pack.downloads).toBe(1)
  })

  it('have no bytes behind their end: who has all of them is told so', async () => {
    const { id, bytes } = await exported({ scope: { kind: 'SYSTEM', thing: 'credit-scoring' } })
    const taken = async () => (await server.ask<{ pack: PackAnswer }>(cookie, FIND, { id })).pack.downloads
    for (const range of [`bytes=${bytes}-`, 'bytes=-0']) expect((await download(id, { range })).status).toBe(416)
    expect(await taken()).toBe(0)
    await download(id)
    const behind = await download(id, { range: `bytes=${bytes}-` })
    expect(await taken()).toBe(1)
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, `bytes */${bytes}`])
    expect(await behind.json()).toMatchObject({ error: { code: 'RANGE_NOT_SATISFIABLE' } })
  })

  it('with names say to whom they disclose, though nobody who decided is in them', async () => {
    const { id } = await exported({ scope: { kind: 'INCIDENT', thing: 'none' }, withNames: true, recipient: 'An authority' })
    const told = async () => {
      const query = '{ events(filter: { types: [PersonalDataDisclosed] }) { edges { node { data } } } }'
      const { events } = await server.ask<{ events: { edges: { node: { data: unknown } }[] } }>(cookie, query)
      return events.edges.map(({ node }) => node.data)
    }
    await expect.poll(told).toContainEqual({ pack: id, people: [], recipient: 'An authority', purpose: 'A request' })
  })

  it('are listed newest first, page by page', async () => {
    const { packs } = await server.ask<{ packs: { edges: { node: PackAnswer }[]; pageInfo: { hasNextPage: boolean } } }>(cookie, LIST)
    expect(packs.edges).toHaveLength(2)
    expect(packs.pageInfo.hasNextPage).toBe(true)
  })

  it.each([
    [{ scope: { kind: 'SYSTEM', thing: 'not a thing!' } }, '/scope/thing'],
    [{ scope: { kind: 'PERIOD', from: '2026-01-02T00:00:00.000Z' } }, '/scope/until'],
    [{ scope: { kind: 'WORKSPACE' }, purpose: '  ' }, '/purpose'],
    [{ scope: { kind: 'WORKSPACE' }, withNames: true }, '/recipient'],
  ])('are refused when asked for wrongly, with the field named: %j', async (input, path) => {
    const { exportPack } = await ask({ id: randomUUID(), ...input })
    expect(exportPack).toMatchObject({ __typename: 'InvalidInput', path })
  })

  it('are neither made for services nor handed to strangers', async () => {
    const { id } = await exported({ scope: { kind: 'SYSTEM', thing: 'credit-scoring' } })
    const refused = await server.graphql(key, EXPORT, { input: { id: randomUUID(), scope: { kind: 'WORKSPACE' }, purpose: 'x' } })
    expect(refused.data).not.toMatchObject({ exportPack: { __typename: 'Pack' } })
    expect((await fetch(`${server.url}/packs/${id}`)).status).toBe(401)
    expect((await fetch(`${server.url}/packs/${id}`, { headers: { authorization: key } })).status).toBe(403)
    expect((await download(`pack-${randomUUID()}`)).status).toBe(404)
    expect((await download('..%2F..%2Fmaster.key')).status).toBe(404)
  })

  it('are the same bytes for the same job and heads', async () => {
    const { folder } = server
    const head = (log: string): PinnedHead => {
      const newest = new LogHeads(join(folder, 'heads', log)).newest()
      if (newest === null) throw new Error(`expected a head of ${log}, found none`)
      const [origin = ''] = newest.note.split('\n')
      return { log, origin, size: newest.size, signedAt: newest.at, olderSizes: [1], note: newest.note, witnessedBy: [], timestamps: [] }
    }
    const files = {
      events: { kind: 'sqlite', file: join(folder, 'events.db'), commits: new CommitSignal().memory } as const,
      keys: join(folder, 'keys.db'),
      masterKey: loadMasterKey(join(folder, 'master.key')),
      views: join(folder, 'views.db'),
      search: join(folder, 'search.db'),
      tiles: join(folder, 'tiles'),
      leafIndex: join(folder, 'log.db'),
      verifier: '/nowhere',
      release: 'annal test',
    }
    const job = {
      pack: `pack-${randomUUID()}`,
      exportEvent: randomUUID(),
      workspace,
      workspaceName: 'Default workspace',
      simulatedClock: false,
      scope: { kind: 'workspace' } as const,
      purpose: 'Twice',
      recipient: null,
      requester: { kind: 'person', id: 'per_1' } as const,
      requestedAt: '2026-05-04T10:00:00.000Z',
      withNames: false,
    }
    const heads = { workspace: head(workspace), system: head('system'), witnesses: null }
    const built = async () => {
      const work = mkdtempSync(join(tmpdir(), 'annal-pack-'))
      const place = { work, file: join(work, 'pack.zip') }
      await buildInProcess(files, { job, heads, signingKeys: loadSigningKeys(join(folder, 'signing.key')), place }, () => undefined)
      return readFileSync(place.file)
    }
    expect((await built()).equals(await built())).toBe(true)
  })
})
