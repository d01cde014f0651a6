import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestServer } from '../testing/test-server.ts'

let server: TestServer
let service: string
let workspace: string

beforeAll(async () => {
  server = await TestServer.start()
  workspace = (await server.signIn()).workspace
  service = await server.key(workspace)
})
afterAll(() => server.stop())

const data = { model: 'cs', version: '7', kind: 'data', metric: 'psi', value: 0.27, threshold: 0.2, window: 'P7D' }
const drift = (id: string, changes: Record<string, unknown> = {}) => ({
  specversion: '1.0',
  type: 'annal.DriftDetected',
  source: '/monitoring',
  id,
  time: '2026-04-14T08:05:00Z',
  data,
  ...changes,
})

async function send(body: unknown, headers: Record<string, string>, to = workspace) {
  const response = await server.post(`/w/${to}/api/v1/cloudevents`, body, { authorization: service, ...headers })
  return { status: response.status, body: (await response.json()) as { outcomes: Record<string, unknown>[]; error?: { code: string } } }
}
const structured = (body: unknown) => send(body, { 'content-type': 'application/cloudevents+json; charset=utf-8' })
const batch = (body: unknown) => send(body, { 'content-type': 'application/cloudevents-batch+json' })

describe('CloudEvents over HTTP', () => {
  test('in structured mode are recorded once, however often they come', async () => {
    const first = await structured(drift('s-1'))
    expect(first).toMatchObject({
      status: 200,
      body: { outcomes: [{ status: 'recorded', id: 's-1', source: '/monitoring', stream: `${workspace}.model-cs`, repeated: false }] },
    })
    expect(await structured(drift('s-1'))).toMatchObject({
      status: 200,
      body: { outcomes: [{ repeated: true, event: first.body.outcomes[0]?.event }] },
    })
    expect(await structured(drift('s-1', { source: '/other' }))).toMatchObject({ body: { outcomes: [{ repeated: false }] } })
  })

  test('in binary mode carry their attributes in headers', async () => {
    const headers = {
      'ce-specversion': '1.0',
      'ce-type': 'annal.DriftDetected',
      'ce-source': '/monitor',
      'ce-subject': 'm%C3%B6del',
      'ce-id': 'b-1',
      'ce-time': '2026-04-14T08:05:00Z',
      'ce-correlationid': 'run-7',
    }
    expect(await send(data, headers)).toMatchObject({ status: 200, body: { outcomes: [{ status: 'recorded', id: 'b-1' }] } })
    expect(await send(data, {})).toMatchObject({ status: 400, body: { error: { code: 'BAD_REQUEST' } } })
  })

  test('in batches get an outcome each', async () => {
    const answer = await batch([
      drift('m-1'),
      drift('m-2', { data: { ...data, model: 'other', value: 'much' } }),
      drift('m-3', { specversion: '0.3' }),
      7,
    ])
    expect(answer.status).toBe(207)
    expect(answer.body.outcomes).toMatchObject([
      { status: 'recorded', id: 'm-1' },
      { status: 'refused', id: 'm-2', code: 'INVALID_EVENT', path: '/value' },
      { status: 'refused', id: 'm-3', message: 'specversion: must be "1.0"' },
      { status: 'refused', id: null },
    ])
    expect((await batch([drift('m-4', { type: 'annal.Nothing' })])).status).toBe(422)
    expect((await batch([])).body).toEqual({ outcomes: [] })
    expect((await batch({})).status).toBe(400)
  })

  test('with attributes that are null are as if those were not there', async () => {
    const unset = { subject: null, dataschema: null, traceparent: null, correlationid: null, data_base64: null, datacontenttype: null }
    expect(await structured(drift('n-1', unset))).toMatchObject({ status: 200, body: { outcomes: [{ status: 'recorded', id: 'n-1' }] } })
    expect(await batch([drift('n-1'), drift('n-2', { ...unset, time: null })])).toMatchObject({
      status: 200,
      body: { outcomes: [{ repeated: true }, { repeated: false }] },
    })
    expect(await structured(drift('n-3', { source: null }))).toMatchObject({ status: 422 })
  })

  const unnamed: [string, Record<string, unknown>][] = [
    ['source', { source: '' }],
    ['source', { source: undefined }],
    ['source', { source: 'a b' }],
    ['subject', { subject: '' }],
    ['dataschema', { dataschema: 'x y' }],
    ['time', { time: 'yesterday' }],
    ['FooBar', { FooBar: 'x' }],
    ['id', { id: 'a\u0001' }],
    ['id', { id: 'a\u0085' }],
    ['subject', { subject: '\ufffe' }],
    ['trace', { trace: 'a\n' }],
    ['rate', { rate: 2147483648 }],
    ['rate', { rate: 1.5 }],
  ]
  test.each(unnamed)('are told which attribute is wrong: %s', async (attribute, changes) => {
    const { body } = await structured(drift('u-1', changes))
    expect(body.outcomes).toEqual([expect.objectContaining({ status: 'refused', message: expect.stringContaining(attribute) })])
  })

  const wrong: [string, Record<string, unknown>][] = [
    ['no id', { id: '' }],
    ['another type', { type: 'com.example.thing' }],
    ['a source that is no URI', { source: 'a b' }],
    ['a time that is none', { time: 'yesterday' }],
    ['an extension that is an object', { trace: {} }],
    ['binary data', { data: undefined, data_base64: 'eA==' }],
    ['data that is no object', { data: 'x' }],
    ['a decision of a person', { type: 'annal.ModelRetired', data: { model: 'cs', reason: 'x' } }],
  ]
  test.each(wrong)('with %s are refused', async (_what, changes) => {
    expect(await structured(drift('w-1', changes))).toMatchObject({ status: 422, body: { outcomes: [{ status: 'refused' }] } })
  })

  test('without a time occurred when they first came', async () => {
    const { time: _time, ...timeless } = drift('t-1')
    const first = await structured(timeless)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await structured(timeless)).toMatchObject({
      status: 200,
      body: { outcomes: [{ repeated: true, event: first.body.outcomes[0]?.event }] },
    })
  })

  test('without a time that come twice at once are one', async () => {
    const { time: _time, ...timeless } = drift('t-2')
    const answers = await Promise.all(Array.from({ length: 8 }, () => structured(timeless)))
    const outcomes = answers.flatMap(({ body }) => body.outcomes)
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(outcomes.filter(({ repeated }) => repeated === false)).toHaveLength(1)
    expect(new Set(outcomes.map(({ position }) => position)).size).toBe(1)
  })

  test('are for the credential’s own workspace and roles', async () => {
    const elsewhere = await server.post('/%77/ws_other/api/v1/cloudevents', drift('x'), {
      authorization: service,
      'content-type': 'application/cloudevents+json',
    })
    expect(elsewhere.status).toBe(404)
    const asked = await fetch(`${server.url}/w/${workspace}/api/v1/cloudevents`, { headers: { authorization: service } })
    expect([asked.status, await asked.json()]).toMatchObject([404, { error: { code: 'NOT_FOUND' } }])
    expect((await send([drift('x')], { 'content-type': 'application/cloudevents-batch+json' }, 'ws_other')).status).toBe(404)
    const auditor = await server.key(workspace, 'AUDITOR')
    expect((await send(data, { authorization: auditor })).status).toBe(403)
    expect((await send(data, { authorization: '' })).status).toBe(401)
  })

  test('tell the story of the samples', async () => {
    for (const file of ['01-inventory', '02-model-versions', '03-decisions', '04-drift-incident-retraining']) {
      const events = JSON.parse(readFileSync(new URL(`../../../../samples/${file}.json`, import.meta.url), 'utf8'))
      const { status, body } = await batch(events)
      expect([file, body.outcomes.filter(({ status: outcome }) => outcome === 'refused')]).toEqual([file, []])
      expect(status).toBe(200)
    }
  })
})
