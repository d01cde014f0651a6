import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../testing/test-server.ts'

const DECISION = `__typename ... on DecisionRecorded { receipts { id stream } } ... on DecisionRefused { reason message path }`
const ERASE = `mutation ($input: EraseSubjectInput!) { eraseSubject(input: $input) { __typename
  ... on Erasure { subject status ground requestedOn packsHeldBy { pack } } ... on DecisionRefused { reason message } } }`
const SUBJECT = `query ($reference: String, $id: ID) { dataSubject(reference: $reference, id: $id) {
  id status erasedAt events { value } holds packsHeldBy { pack people recipient } } }`

interface Decided {
  readonly __typename: string
  readonly reason?: string
}

describe('a data subject', () => {
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

  const secret = (word: string) => `the applicant ${word} was refused`

  /** A subject with two events about the system, one of them with a text about the person. */
  async function subjectWith(word: string, system: string): Promise<{ subject: string; reference: string; event: string }> {
    const reference = `customer ${word}`
    const { subjectFor } = await server.ask<{ subjectFor: { id: string } }>(
      key,
      'mutation ($r: String!) { subjectFor(reference: $r) { ... on Subject { id } } }',
      { r: reference },
    )
    const event = randomUUID()
    const at = '2026-04-14T08:05:00.000Z'
    const said = { decidedOn: '2026-04-14', decisionId: 'dec-1', reviewer: 'loan-officers', outcome: 'confirmed', reason: secret(word) }
    const review = { system, subject: subjectFor.id, ...said }
    const [outcome] = await server.append(key, { id: event, occurredAt: at, event: { decisionReviewed: review } })
    expect(outcome).toMatchObject({ __typename: 'Receipt' })
    await server.ask(cookie, 'query ($p: Position!) { events(first: 1, atLeast: $p) { edges { cursor } } }', { p: outcome?.position })
    return { subject: subjectFor.id, reference, event }
  }

  const decide = async (name: string, type: string, input: Record<string, unknown>) =>
    (
      await server.ask<Record<string, Decided>>(cookie, `mutation ($input: ${type}!) { ${name}(input: $input) { ${DECISION} } }`, { input })
    )[name]
  const erase = async (input: Record<string, unknown>) =>
    (await server.ask<{ eraseSubject: Decided & { status?: string } }>(cookie, ERASE, { input })).eraseSubject
  const data = async (id: string) =>
    (
      await server.ask<{ event: { data: Record<string, unknown>; raw: string; commitment: string } }>(
        cookie,
        'query ($id: UUID!) { event(id: $id) { data raw commitment } }',
        { id },
      )
    ).event
  const found = async (text: string) =>
    (
      await server.ask<{ events: { edges: unknown[] } }>(
        cookie,
        'query ($t: String!) { events(filter: { text: $t }) { edges { cursor } } }',
        { t: text },
      )
    ).events.edges.length

  it('is erased: nothing personal can be read or found any more, and the stored bytes stay', async () => {
    const { subject, reference, event } = await subjectWith('quagmire', 'support-assistant')
    const before = await data(event)
    expect(JSON.stringify(before.data)).toContain('quagmire')
    expect(await found('quagmire')).toBe(1)
    expect(await decide('requestErasure', 'RequestErasureInput', { id: randomUUID(), reference })).toMatchObject({
      __typename: 'DecisionRecorded',
    })
    const id = randomUUID()
    expect(await erase({ id, subject, ground: 'request', reason: 'Asked by letter.' })).toMatchObject({
      __typename: 'Erasure',
      status: 'ERASED',
    })
    const after = await data(event)
    expect(JSON.stringify(after.data)).not.toContain('quagmire')
    expect(after.data.reason).toEqual({ erased: true })
    expect([after.raw, after.commitment]).toEqual([before.raw, before.commitment])
    expect(await found('quagmire')).toBe(0)
    for (const file of ['search.db', 'search.db-wal', 'views.db', 'views.db-wal'])
      expect(readFileSync(join(server.folder, file)).includes('quagmire')).toBe(false)
    expect(await erase({ id, subject, ground: 'request', reason: 'Asked by letter.' })).toMatchObject({ __typename: 'Erasure' })
    expect(await erase({ id: randomUUID(), subject, ground: 'request' })).toMatchObject({ reason: 'ALREADY_ERASED' })
    const answer = await server.ask<{ dataSubject: unknown }>(cookie, SUBJECT, { id: subject })
    expect(answer.dataSubject).toMatchObject({ status: 'ERASED', events: { value: expect.any(Number) } })
    expect((await server.ask<{ dataSubject: unknown }>(cookie, SUBJECT, { reference })).dataSubject).toBeNull()
  })

  it('is not erased while a legal hold covers it or a system that it has events about', async () => {
    const { subject } = await subjectWith('zephyr', 'loan-desk')
    const hold = 'hold-claim-7'
    await decide('placeLegalHold', 'PlaceLegalHoldInput', { id: randomUUID(), hold, systems: ['loan-desk'], matter: 'A claim.' })
    expect(await erase({ id: randomUUID(), subject, ground: 'request' })).toMatchObject({
      __typename: 'DecisionRefused',
      reason: 'UNDER_HOLD',
    })
    const held = await server.ask<{ dataSubject: { holds: string[] } }>(cookie, SUBJECT, { id: subject })
    expect(held.dataSubject.holds).toEqual([hold])
    expect(await decide('releaseLegalHold', 'ReleaseLegalHoldInput', { id: randomUUID(), hold, reason: 'Withdrawn.' })).toMatchObject({
      __typename: 'DecisionRecorded',
    })
    expect(await erase({ id: randomUUID(), subject, ground: 'request' })).toMatchObject({ status: 'ERASED' })
    const { legalHolds } = await server.ask<{ legalHolds: { edges: { node: { id: string; releasedAt: string | null } }[] } }>(
      cookie,
      '{ legalHolds { edges { node { id releasedAt systems } } } }',
    )
    expect(legalHolds.edges[0]?.node).toMatchObject({ id: hold, releasedAt: expect.any(String) })
  })

  it('keeps what else it wrote when one field is redacted', async () => {
    const first = await subjectWith('mongoose', 'support-assistant')
    const second = await subjectWith('albatross', 'support-assistant')
    const redact = (path: string) =>
      decide('redactField', 'RedactFieldInput', { id: randomUUID(), event: first.event, path, reason: 'It names a customer by mistake.' })
    expect(await redact('/reviewer')).toMatchObject({ reason: 'NOT_SEALED' })
    expect(await redact('/reason')).toMatchObject({ __typename: 'DecisionRecorded' })
    expect((await data(first.event)).data.reason).toEqual({ erased: true })
    expect(JSON.stringify((await data(second.event)).data)).toContain('albatross')
    expect(await found('mongoose')).toBe(0)
    expect(await found('albatross')).toBe(1)
  })

  it('is redacted in the stream that was named, where others have an event with the same id', async () => {
    const id = randomUUID()
    const reference = { decidedOn: '2026-04-14', decisionId: 'dec-1', reviewer: 'loan-officers', outcome: 'confirmed' }
    const review = (system: string, word: string) => ({
      id,
      occurredAt: '2026-04-14T08:05:00.000Z',
      event: { decisionReviewed: { ...reference, system, reason: secret(word) } },
    })
    const [older, newer] = await server.append(key, review('scoring', 'wombat'), review('pricing', 'numbat'))
    await server.ask(cookie, 'query ($p: Position!) { events(first: 1, atLeast: $p) { edges { cursor } } }', { p: newer?.position })
    const input = { id: randomUUID(), event: id, stream: newer?.stream, path: '/reason', reason: 'It names a customer by mistake.' }
    expect(await decide('redactField', 'RedactFieldInput', input)).toMatchObject({ __typename: 'DecisionRecorded' })
    expect([await found('numbat'), await found('wombat')]).toEqual([0, 1])
    const whole = (stream?: string) =>
      server.ask(cookie, 'query ($id: UUID!, $stream: String) { event(id: $id, stream: $stream) { stream data } }', { id, stream })
    expect(await whole(newer?.stream)).toMatchObject({ event: { stream: newer?.stream, data: { reason: { erased: true } } } })
    expect(await whole()).toMatchObject({ event: { stream: older?.stream, data: { reason: secret('wombat') } } })
    expect(await whole('decision-none~2026-04-14~0')).toEqual({ event: null })
  })

  it('stays erased when what a crash cut short is done again at the next start', async () => {
    const { subject, event } = await subjectWith('kestrel', 'support-assistant')
    await erase({ id: randomUUID(), subject, ground: 'request' })
    await server.restart()
    ;({ cookie } = await server.signIn())
    expect((await data(event)).data.reason).toEqual({ erased: true })
    const { erasures } = await server.ask<{ erasures: { edges: { node: { subject: string; status: string } }[] } }>(
      cookie,
      '{ erasures(first: 1) { edges { node { subject status event } } pageInfo { hasNextPage } } }',
    )
    expect(erasures.edges[0]?.node).toMatchObject({ subject, status: 'ERASED' })
  })

  it.each([
    ['requestErasure', 'RequestErasureInput', { reference: 'nobody we know' }, 'SUBJECT_UNKNOWN'],
    ['refuseErasure', 'RefuseErasureInput', { subject: 'sub_aaaaaaaaaaaaaaaaaaaa', ground: 'legal_claims', reason: 'x' }, 'NOT_REQUESTED'],
    ['redactField', 'RedactFieldInput', { event: randomUUID(), path: '/reason', reason: 'x' }, 'NOT_FOUND'],
    ['placeLegalHold', 'PlaceLegalHoldInput', { systems: ['loan-desk'], matter: 'x', reviewOn: '2020-01-01' }, 'IN_THE_PAST'],
    ['releaseLegalHold', 'ReleaseLegalHoldInput', { hold: 'hold-none', reason: 'x' }, 'NOT_PLACED'],
  ])('%s is refused with its rule', async (name, type, input, reason) => {
    expect(await decide(name, type, { id: randomUUID(), ...input })).toMatchObject({ __typename: 'DecisionRefused', reason })
  })

  it('is nobody that a service may erase', async () => {
    const { errors } = await server.graphql(key, ERASE, {
      input: { id: randomUUID(), subject: 'sub_aaaaaaaaaaaaaaaaaaaa', ground: 'request' },
    })
    expect(errors.length === 0 || errors[0]?.extensions.code === 'FORBIDDEN').toBe(true)
  })
})
