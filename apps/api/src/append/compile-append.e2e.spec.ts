import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { driftDetected, TestServer } from '../testing/test-server.ts'

let server: TestServer
let service: string
let auditor: string

beforeAll(async () => {
  server = await TestServer.start()
  const { workspace } = await server.signIn()
  service = await server.key(workspace)
  auditor = await server.key(workspace, 'AUDITOR')
})
afterAll(() => server.stop())

const RECEIPT = 'id stream streamVersion position recordedAt repeated erased'
const REFUSAL = 'id code message path'
const EVERYTHING = `__typename p: position outcomes { __typename ... on Receipt { ${RECEIPT} again: repeated } ... on Refusal { ${REFUSAL} } }`

/** With a directive that changes nothing, which no compiled append has. */
const generally = (fields: string) => fields.replace('outcomes', 'outcomes @include(if: true)')
const append = (fields: string) => `mutation Append($events: [EventEnvelopeInput!]!) { mine: append(events: $events) { ${fields} } }`

/** Status and body as sent, but for the correlation id. */
async function send(credential: string, query: string, events: readonly unknown[]): Promise<string> {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { authorization: credential, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { events } }),
  })
  return `${answer.status} ${await answer.text()}`
    .replace(/"correlationId":"[^"]+"/g, '"correlationId":""')
    .replace(/"locations":\[[^\]]*\]/g, '"locations":[]')
}

describe('a compiled append and the general way answer the same', () => {
  test('of receipts and refusals, with every field that the schema has', async () => {
    const asked: { fields: { name: string }[] }[] = []
    for (const type of ['Receipt', 'Refusal']) {
      const { __type } = await server.ask<{ __type: { fields: { name: string }[] } }>(
        service,
        `{ __type(name: "${type}") { fields { name } } }`,
      )
      asked.push(__type)
    }
    expect(asked.map(({ fields }) => fields.map(({ name }) => name).join(' '))).toEqual([RECEIPT, REFUSAL])
    const recorded = driftDetected({ model: 'compiled' })
    await server.append(service, recorded)
    const events = [
      recorded,
      driftDetected({ model: 'compiled2', window: 'P"7' }),
      { ...driftDetected({ model: 'compiled', value: 7 }), id: recorded.id },
    ]
    const answer = await send(service, append(EVERYTHING), events)
    expect(answer).toBe(await send(service, append(generally(EVERYTHING)), events))
    expect(answer).toContain('"again":')
    const again = await send(service, append(EVERYTHING), [recorded])
    expect(again).toBe(await send(service, append(generally(EVERYTHING)), [recorded]))
    expect(JSON.parse(again.slice(4))).toMatchObject({
      data: { mine: { p: /^\d+$/.exec(String(JSON.parse(again.slice(4)).data.mine.p))?.[0] } },
    })
  })

  test.each([
    ['some fields', 'outcomes { ... on Receipt { position streamVersion } }'],
    [
      'another order and nesting',
      'outcomes { ... on AppendOutcome { ... on Refusal { message } __typename ... { ... on Receipt { id } } } } position',
    ],
    ['nothing of the outcomes', 'position'],
  ])('asked for %s', async (_name, fields) => {
    const event = driftDetected({ model: 'some' })
    await server.append(service, event)
    const other = fields.includes('outcomes') ? generally(fields) : `${fields} @include(if: true)`
    expect(await send(service, append(fields), [event])).toBe(await send(service, append(other), [event]))
  })

  test.each<[string, () => readonly unknown[]]>([
    ['too many events', () => Array.from({ length: 1001 }, () => driftDetected({ model: 'many' }))],
    [
      'two events in one',
      () => [{ id: randomUUID(), occurredAt: '2026-02-05T09:00:00Z', event: { modelRegistered: {}, driftDetected: {} } }],
    ],
    ['no events', () => []],
  ])('given %s', async (_name, events) => {
    const sent = events()
    expect(await send(service, append(EVERYTHING), sent)).toBe(await send(service, append(generally(EVERYTHING)), sent))
  })

  test('given who may not append', async () => {
    const sent = [driftDetected({ model: 'auditor' })]
    const answer = await send(auditor, append(EVERYTHING), sent)
    expect(answer).toContain('FORBIDDEN')
    expect(answer).toBe(await send(auditor, append(generally(EVERYTHING)), sent))
  })
})
