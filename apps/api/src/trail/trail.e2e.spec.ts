import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LiveClient } from '../testing/live-client.ts'
import { driftDetected, type Outcome, TestServer } from '../testing/test-server.ts'

interface Page {
  readonly edges: readonly {
    readonly cursor: string
    readonly node: { readonly id: string; readonly position: string; readonly stream: string }
  }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string
    readonly endCursor: string
  }
  readonly count: { readonly value: number; readonly exact: boolean }
}

let server: TestServer
let service: string
let auditor: string
let workspace: string
let sent: Outcome[]

const EVENTS = `query ($filter: EventFilter, $first: Int, $after: String, $last: Int, $before: String, $order: EventOrder, $atLeast: Position) {
  events(filter: $filter, first: $first, after: $after, last: $last, before: $before, order: $order, atLeast: $atLeast) {
    edges { cursor node { id position stream } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } count { value exact } } }`
const LIVE = 'subscription ($filter: EventFilter, $after: Position) { eventAppended(filter: $filter, after: $after) { position type } }'

const page = async (variables: Record<string, unknown>) => (await server.ask<{ events: Page }>(auditor, EVENTS, variables)).events
const last = () => sent.at(-1)?.position ?? ''
const filter = { types: ['DriftDetected'], about: ['model:trail'] }

beforeAll(async () => {
  server = await TestServer.start()
  workspace = (await server.signIn()).workspace
  service = await server.key(workspace)
  auditor = await server.key(workspace, 'AUDITOR')
  sent = await server.append(
    service,
    ...Array.from({ length: 25 }, (_, i) => driftDetected({ model: 'trail', value: 0.3 + i, version: `v${i}`, metric: `psi ${i}` })),
  )
})
afterAll(() => server.stop())

describe('the audit trail', () => {
  test('shows what was written to who says how far he must see', async () => {
    const { edges } = await page({ filter, first: 500, atLeast: last() })
    expect(edges.map(({ node }) => node.id)).toEqual(sent.map(({ id }) => id).reverse())
  })

  test('pages forwards by key, without gap or repeat', async () => {
    const seen: string[] = []
    let after: string | null = null
    do {
      const { edges, pageInfo }: Page = await page({ filter, first: 7, after, order: 'OLDEST_FIRST', atLeast: last() })
      seen.push(...edges.map(({ node }) => node.id))
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after !== null)
    expect(seen).toEqual(sent.map(({ id }) => id))
  })

  test('pages backwards to where it came from', async () => {
    const first = await page({ filter, first: 5 })
    const second = await page({ filter, first: 5, after: first.pageInfo.endCursor })
    const back = await page({ filter, last: 5, before: second.pageInfo.startCursor })
    expect(back.edges).toEqual(first.edges)
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true })
  })

  test('counts what matches, up to a bound', async () => {
    expect((await page({ filter, first: 1, atLeast: last() })).count).toEqual({ value: 25, exact: true })
  })

  test('filters by stream, actor, time and text, together', async () => {
    const actor = (await server.ask<{ viewer: { id: string } }>(service, '{ viewer { id } }')).viewer.id
    const narrow = { stream: 'model-trail', actor, text: 'psi', occurredFrom: '2026-04-14T00:00:00Z', occurredTo: '2026-04-15T00:00:00Z' }
    expect((await page({ filter: narrow, atLeast: last() })).count.value).toBe(25)
    expect((await page({ filter: { ...narrow, stream: `${workspace}.model-trail` } })).count.value).toBe(25)
    expect((await page({ filter: { ...narrow, occurredTo: '2026-04-14T08:05:00.000Z' } })).count.value).toBe(0)
  })

  test('refuses a stream of another workspace, a page without end and both directions at once', async () => {
    for (const variables of [
      { filter: { stream: 'ws_other.model-cs' } },
      { first: 501 },
      { first: 0 },
      { first: 1, last: 1 },
      { after: 'no cursor!' },
    ])
      expect(await server.graphql(auditor, EVENTS, variables)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
  })

  test('refuses a filter without end', async () => {
    const many = (value: (i: number) => string) => Array.from({ length: 201 }, (_, i) => value(i))
    for (const long of [{ about: many((i) => `model:m${i}`) }, { types: many(() => 'DriftDetected') }])
      expect(await server.graphql(auditor, EVENTS, { filter: long })).toMatchObject({
        status: 400,
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      })
    expect(await server.graphql(auditor, EVENTS, { filter: { text: 'w'.repeat(1_001) } })).toMatchObject({ status: 400 })
    const words = many((i) => `${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}*`).join(' ')
    const most = { about: many((i) => `model:m${i}`).slice(1), types: many(() => 'DriftDetected').slice(1), text: words }
    expect((await page({ filter: most, first: 1 })).edges).toEqual([])
  })

  test('refuses a text without a word, which would match everything, and takes an empty one for none', async () => {
    for (const text of ['--', '*', '"\u200b"', '§', '🎉']) {
      const answer = await server.graphql(auditor, EVENTS, { filter: { ...filter, text } })
      expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
    }
    for (const text of ['', ' \n'])
      expect((await page({ filter: { ...filter, text }, atLeast: last() })).count).toEqual({ value: sent.length, exact: true })
    for (const text of ['- psi', 'psi *'])
      expect((await page({ filter: { ...filter, text } })).count).toEqual({ value: sent.length, exact: true })
  })

  test('says so when a position does not become visible', async () => {
    const answer = await server.graphql(auditor, EVENTS, { atLeast: '9999999999999999' })
    expect(answer).toMatchObject({ status: 504, errors: [{ extensions: { code: 'NOT_YET_VISIBLE' } }] })
  })

  test('shows one event whole, with what its commitment covers', async () => {
    const document =
      'query ($id: UUID!) { event(id: $id) { type actor { kind } summary data raw salt commitment sealed { pointer kind readable } } }'
    const { event } = await server.ask<{ event: { raw: string } }>(auditor, document, { id: sent[0]?.id })
    expect(event).toMatchObject({
      type: 'DriftDetected',
      actor: { kind: 'SERVICE' },
      summary: expect.stringMatching(/\.$/),
      data: { model: 'trail' },
      commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(JSON.parse(event.raw)).toMatchObject({ id: sent[0]?.id, workspace })
    expect(await server.ask(auditor, document, { id: randomUUID() })).toEqual({ event: null })
  })

  test('lists the same events whether or not a list asks for all that is known of each', async () => {
    const row =
      'id type typeVersion stream streamVersion position about actor { kind id } occurredAt recordedAt correlationId causationId summary'
    const list = async (more: string) =>
      (
        await server.ask<{ events: { edges: { node: Record<string, unknown> }[] } }>(
          auditor,
          `query ($filter: EventFilter) { events(filter: $filter, first: 3) { edges { node { ...Row ${more} } } } } fragment Row on Event { ${row} }`,
          { filter },
        )
      ).events.edges.map(({ node }) => node)
    const rows = await list('')
    const whole = await list('... on Event { told: data } sealed { pointer } raw salt commitment expiredUnder')
    expect(rows.map(({ id }) => id)).toEqual(
      sent
        .map(({ id }) => id)
        .toReversed()
        .slice(0, 3),
    )
    expect(whole).toMatchObject(rows)
    expect(whole).toMatchObject(rows.map(({ summary }) => ({ summary, told: { model: 'trail' }, sealed: [], expiredUnder: null })))
  })

  test('tells how far the views are', async () => {
    const { ledger } = await server.ask<{ ledger: { head: string; views: { name: string; behind: number }[] } }>(
      auditor,
      '{ ledger { head views { name behind lagMilliseconds rebuilding } } }',
    )
    expect(ledger.head >= last()).toBe(true)
    expect(Object.fromEntries(ledger.views.map(({ name, behind }) => [name, behind]))).toEqual({
      'audit-trail': 0,
      'audit-trail-text': 0,
      registers: 0,
    })
  })
})

describe('the live trail', () => {
  const watch = (variables: Record<string, unknown>, credential = auditor) =>
    new LiveClient(`${server.url}/w/${workspace}/graphql`, { authorization: credential }, LIVE, variables)

  test('resumes behind a position and goes on, without gap or repeat, while events come', async () => {
    const client = watch({ filter, after: sent[9]?.position })
    await client.until(({ positions }) => positions.length >= 3)
    const more: Outcome[] = []
    for (let i = 0; i < 10; i++)
      more.push(
        ...(await server.append(
          service,
          driftDetected({ model: 'trail' }),
          driftDetected({ model: 'unseen' }),
          driftDetected({ model: 'trail' }),
        )),
      )
    sent.push(...more.filter(({ stream }) => stream.endsWith('model-trail')))
    await client.until(({ positions }) => positions.length >= sent.length - 10)
    expect(client.positions).toEqual(sent.slice(10).map(({ position }) => position))
    client.close()
  })

  const say = (query: string) => new LiveClient(`${server.url}/graphql`, { authorization: auditor }, query)

  const refused: [string, () => LiveClient, string][] = [
    ['a document that breaks off', () => say('subscription {'), 'GRAPHQL_INVALID'],
    [
      'one of two subscriptions without its name',
      () => say(['One', 'Other'].map((name) => LIVE.replace('n (', `n ${name} (`)).join(' ')),
      'GRAPHQL_INVALID',
    ],
    ['a variable of another form', () => watch({ after: '' }), 'BAD_USER_INPUT'],
    ['a query', () => say('{ viewer { id } }'), 'BAD_REQUEST'],
    [
      'a document that is not valid',
      () => new LiveClient(`${server.url}/graphql`, { authorization: auditor }, 'subscription { eventAppended { nothing } }'),
      'GRAPHQL_INVALID',
    ],
    ['a position that is none', () => watch({ after: 'a b' }), 'BAD_USER_INPUT'],
    ['a stream of another workspace', () => watch({ filter: { stream: 'ws_other.model-cs' } }), 'BAD_USER_INPUT'],
    ['a text without a word', () => watch({ filter: { text: '--' } }), 'BAD_USER_INPUT'],
    ['a role that may not', () => watch({}, service), 'FORBIDDEN'],
  ]
  test.each(refused)('refuses %s, with a code as every answer has', async (_what, open, code) => {
    const client = open()
    await client.until(({ problems }) => problems.length > 0)
    expect(client.problems).toEqual([
      [
        expect.objectContaining({
          message: expect.not.stringMatching(/propert|iterable|undefined/),
          extensions: { code, correlationId: expect.stringMatching(/^[0-9a-f]+-/) },
        }),
      ],
    ])
    client.close()
  })

  test('ends when its credential does', async () => {
    const key = await server.key(workspace, 'AUDITOR')
    const client = watch({ filter, after: sent[0]?.position }, key)
    await client.until(({ positions }) => positions.length > 0)
    await server.admin({ command: 'revoke-key', workspace, key: key.slice('Bearer '.length).split('_').slice(0, 2).join('_') })
    await client.until(({ closed }) => closed !== null)
    expect(client.closed).toEqual({ code: 4403 })
  })
})

describe('the export', () => {
  const get = (path: string, credential = auditor) =>
    fetch(`${server.url}/w/${workspace}/export/${path}`, { headers: { authorization: credential } })

  test('streams what is filtered, as CSV and as JSON Lines', async () => {
    const query = 'types=DriftDetected&about=model:trail&order=OLDEST_FIRST'
    const csv = await get(`events.csv?${query}`)
    expect(csv.headers.get('content-type')).toContain('text/csv')
    const lines = (await csv.text()).trim().split('\r\n')
    expect(lines[0]).toMatch(/^position,recordedAt/)
    expect(lines).toHaveLength(sent.length + 1)
    const jsonl = (await (await get(`events.jsonl?${query}`)).text()).trim().split('\n')
    expect(jsonl.map((line) => JSON.parse(line).position)).toEqual(sent.map(({ position }) => position))
  })

  test('leaves no formula for a spreadsheet', async () => {
    await server.append(service, { ...driftDetected({ model: 'formula' }), correlationId: 'ok' })
    const [receipt] = await server.append(service, {
      id: randomUUID(),
      occurredAt: '2026-02-05T09:00:00Z',
      event: { modelRegistered: { model: 'formula', name: '=1+1', task: 'x', owner: 'risk' } },
    })
    await page({ atLeast: receipt?.position })
    const csv = await (await get('events.csv?stream=model-formula')).text()
    expect(csv).not.toMatch(/(^|,|\r\n)"?[=+@-]/)
  })

  test('refuses another workspace, another role and an unknown filter', async () => {
    const other = await fetch(`${server.url}/w/ws_other/export/events.csv`, { headers: { authorization: auditor } })
    expect([other.status, (await get('events.csv', service)).status, (await get('events.csv?colour=red')).status]).toEqual([404, 403, 400])
    expect((await get('events.csv?text=--')).status).toBe(400)
    expect((await fetch(`${server.url}/w/${workspace}/export/events.csv`)).status).toBe(401)
  })
})
