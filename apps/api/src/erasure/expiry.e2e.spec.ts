import { randomUUID } from 'node:crypto'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadMasterKey, openKeyStore, openLedger, openSqliteStore } from '@annal/ledger'
import { NO_ANCHORS, parseVerifierKey, verifyPack } from '@annal/proof'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownDraft, SERVER } from '../identity/record-access.ts'
import { type Outcome, TestServer } from '../testing/test-server.ts'

const START = '2026-01-05T08:00:00.000Z'
const EVENT = 'query ($id: UUID!) { event(id: $id) { data raw commitment expiredUnder } }'
const EXPIRIES = `{ events(filter: { types: [PayloadExpired] }, order: OLDEST_FIRST, first: 100) {
  edges { node { id stream occurredAt causationId actor { kind id } data } } } }`
const PROOF = 'query ($id: UUID!) { inclusionProof(event: $id) { leafIndex } }'
const PACK = 'id status problem'
/** Weeks of the simulated clock go by, and the server starts again. */
const PATIENCE = 60_000

interface SeenEvent {
  readonly data: Record<string, unknown>
  readonly raw: string
  readonly commitment: string
  readonly expiredUnder: string | null
}

interface SeenExpiry {
  readonly id: string
  readonly stream: string
  readonly occurredAt: string
  readonly causationId: string
  readonly actor: unknown
  readonly data: { readonly rule: string; readonly events: readonly string[]; readonly fields: number }
}

let server: TestServer
let service: string
let person: string
let workspace: string

beforeAll(async () => {
  server = await TestServer.start(undefined, ['--sample-from', START])
  ;({ cookie: person, workspace } = await server.signIn())
  service = await server.key(workspace)
})
afterAll(() => server.stop())

const advance = (to: string) => server.admin({ command: 'advance-clock', to })
const now = async () => (await server.ask<{ viewer: { clock: string } }>(person, '{ viewer { clock } }')).viewer.clock
/** As the views show it: they follow the record. */
const seen = (id: string) =>
  eventually(async () => (await server.ask<{ event: SeenEvent | null }>(person, EVENT, { id })).event ?? undefined)
const expiries = async () =>
  (await server.ask<{ events: { edges: { node: SeenExpiry }[] } }>(person, EXPIRIES)).events.edges.map(({ node }) => node)
const expired = async () => (await expiries()).flatMap(({ data }) => data.events)

async function send(credential: string, event: Record<string, unknown>): Promise<Outcome & { readonly event: string }> {
  const id = randomUUID()
  const [outcome] = await server.append(credential, { id, occurredAt: await now(), event })
  if (outcome === undefined) throw new Error('expected an outcome, found none')
  return { ...outcome, event: `${outcome.stream}/${id}` }
}

async function reviewed(system: string, word: string): Promise<Outcome & { readonly event: string }> {
  const outcome = await send(service, {
    decisionReviewed: {
      system,
      decidedOn: (await now()).slice(0, 10),
      decisionId: randomUUID(),
      reviewer: 'loan-officers',
      outcome: 'confirmed',
      reason: `The applicant ${word} was refused.`,
    },
  })
  expect(outcome.__typename).toBe('Receipt')
  return outcome
}

const rule = (changes: Record<string, unknown>) => ({
  retentionSet: {
    dataset: 'review-notes',
    keep: 'P30D',
    from: 'creation',
    afterwards: 'delete',
    expires: ['DecisionReviewed'],
    ...changes,
  },
})

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const until = Date.now() + PATIENCE; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > until) throw new Error('expected it in time, found nothing')
  }
}

const expiryOf = (event: string) => eventually(async () => (await expiries()).find(({ data }) => data.events.includes(event)))

async function decide(name: string, type: string, input: Record<string, unknown>): Promise<void> {
  const answer = await server.ask<Record<string, { __typename: string }>>(
    person,
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
    { input: { id: randomUUID(), ...input } },
  )
  expect(answer[name]?.__typename).toBe('DecisionRecorded')
}

async function packOf(system: string): Promise<Uint8Array> {
  const { exportPack } = await server.ask<{ exportPack: { id: string } }>(
    person,
    `mutation ($input: ExportPackInput!) { exportPack(input: $input) { ... on Pack { ${PACK} } } }`,
    { input: { id: randomUUID(), purpose: 'A request', scope: { kind: 'SYSTEM', thing: system } } },
  )
  await eventually(async () => {
    const { pack } = await server.ask<{ pack: { status: string } }>(person, `query ($id: ID!) { pack(id: $id) { ${PACK} } }`, exportPack)
    return pack.status === 'READY' ? true : undefined
  })
  return new Uint8Array(await (await fetch(`${server.url}/packs/${exportPack.id}`, { headers: { cookie: person } })).arrayBuffer())
}

async function verdictOn(file: Uint8Array): Promise<string> {
  const source = { size: file.length, read: (at: number, length: number) => file.slice(at, at + length) }
  const keys = ((await verifyPack(source)).facts?.keys ?? []).map((written) => parseVerifierKey(written)).filter((known) => known !== null)
  return (await verifyPack(source, { ...NO_ANCHORS, keys })).outcome
}

describe('a retention rule', { timeout: 2 * PATIENCE }, () => {
  test('is set by a person, and keeps logs for six months at least', async () => {
    expect(await send(service, rule({}))).toMatchObject({ __typename: 'Refusal', code: 'DECISION_NEEDS_A_PERSON' })
    expect(await send(person, rule({ keep: 'P5M', expires: ['DecisionMade'] }))).toMatchObject({
      code: 'DECISION_REFUSED',
      message: expect.stringContaining('Art. 19(1) and 26(6)'),
    })
    expect(await send(person, rule({ expires: ['DatasetVersioned'] }))).toMatchObject({ code: 'DECISION_REFUSED' })
  })

  test('lets payloads expire when their time is over, but not what a legal hold covers until it is released', async () => {
    const free = await reviewed('support-assistant', 'quagmire')
    const held = await reviewed('loan-desk', 'zephyr')
    await decide('placeLegalHold', 'PlaceLegalHoldInput', { hold: 'hold-1', systems: ['loan-desk'], matter: 'A claim.' })
    const set = await send(person, rule({}))
    const before = await seen(free.id)
    const pack = await packOf('support-assistant')

    await advance('2026-02-04T23:00:00.000Z')
    const young = await reviewed('support-assistant', 'kestrel')
    expect(await expiries()).toEqual([])

    await advance('2026-02-05T00:00:05.000Z')
    const expiry = await expiryOf(free.event)
    expect(expiry).toMatchObject({
      stream: `${workspace}.subject-rule~review-notes`,
      occurredAt: '2026-02-05T00:00:00.000Z',
      causationId: set.event,
      actor: { kind: 'SERVICE', id: 'annal' },
      data: { rule: 'review-notes', events: [free.event], fields: 1 },
    })
    const after = await eventually(async () => {
      const event = await seen(free.id)
      return JSON.stringify(event.data).includes('quagmire') ? undefined : event
    })
    expect(after).toMatchObject({ expiredUnder: 'review-notes', raw: before.raw, commitment: before.commitment })
    expect(after.data.reason).toEqual({ erased: true })
    expect(await seen(held.id)).toMatchObject({ expiredUnder: null, data: { reason: expect.stringContaining('zephyr') } })
    expect(JSON.stringify((await seen(young.id)).data)).toContain('kestrel')
    await eventually(async () =>
      ['search.db', 'search.db-wal'].some((file) => readFileSync(join(server.folder, file)).includes('quagmire')) ? undefined : true,
    )
    expect(await verdictOn(pack)).toBe('holds')
    expect(await verdictOn(await packOf('support-assistant'))).toBe('holds')
    expect(await server.ask(person, PROOF, { id: free.id })).toMatchObject({ inclusionProof: expect.anything() })

    await decide('releaseLegalHold', 'ReleaseLegalHoldInput', { hold: 'hold-1', reason: 'Withdrawn.' })
    const later = await expiryOf(held.event)
    expect(later.causationId).toContain(`${workspace}.subject-hold~hold-1/`)
    expect(later.data.events).toEqual([held.event])
    expect((await seen(held.id)).expiredUnder).toBe('review-notes')
  })

  test('says so once, however often its past is gone through', async () => {
    const before = await expiries()
    await server.close()
    copyFileSync(join(server.folder, 'reactions.db'), join(server.folder, 'older.db'))
    await server.restart()
    ;({ cookie: person } = await server.signIn())
    const own = await reviewed('support-assistant', 'albatross')
    await advance('2026-03-10T00:00:05.000Z')
    await expiryOf(own.event)
    const until = await expired()
    expect(new Set(until).size).toBe(until.length)
    await server.close()
    copyFileSync(join(server.folder, 'older.db'), join(server.folder, 'reactions.db'))
    await server.restart()
    ;({ cookie: person } = await server.signIn())
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    expect(await expired()).toEqual(until)
    expect((await expiries()).slice(0, before.length)).toEqual(before)
  })

  test('is carried out at the next start where the process ended between the record and the keys', async () => {
    const cut = await reviewed('support-assistant', 'mongoose')
    const at = await now()
    await server.close()
    const file = (name: string) => join(server.folder, name)
    const store = openSqliteStore({ file: file('events.db'), mode: 'write' })
    const keys = openKeyStore({ file: file('keys.db'), masterKey: loadMasterKey(file('master.key')), mode: 'write' })
    const ledger = openLedger({ store, keys, now: () => Date.parse(at) + 1_000 })
    const data = { rule: 'review-notes', events: [cut.event] }
    const outcomes = await ledger.append([ownDraft({ type: 'PayloadExpired', data, workspace, actor: SERVER, at })])
    expect(outcomes).toMatchObject([{ status: 'recorded' }])
    await ledger.close()
    await store.close()
    keys.close()
    await server.restart()
    ;({ cookie: person } = await server.signIn())
    await expect.poll(() => seen(cut.id)).toMatchObject({ expiredUnder: 'review-notes', data: { reason: { erased: true } } })
    await eventually(async () =>
      ['search.db', 'search.db-wal'].some((name) => readFileSync(file(name)).includes('mongoose')) ? undefined : true,
    )
  })
})
