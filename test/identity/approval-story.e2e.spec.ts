import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../../apps/api/src/testing/test-server.ts'
import { eventStores, type OpenedStore } from '../kit/event-stores.ts'
import { openOwnWorkspace } from '../kit/own-workspace.ts'
import { Browser, INVITE, type InviteAnswer } from './browser.ts'

interface Decided {
  readonly decided: {
    readonly __typename: string
    readonly reason?: string
    readonly receipts?: readonly { readonly id: string; readonly repeated: boolean }[]
  }
}

const RESULT =
  '{ __typename ... on DecisionRecorded { receipts { id repeated } } ... on DecisionRefused { reason } ... on NotAllowed { message } }'
const REQUEST = `mutation ($input: RequestApprovalInput!) { decided: requestApproval(input: $input) ${RESULT} }`
const vote = (mutation: string) => `mutation ($input: ApprovalDecisionInput!) { decided: ${mutation}(input: $input) ${RESULT} }`
const system = {
  system: 'scoring',
  name: 'Scoring',
  purpose: 'Scores.',
  owner: 'risk',
  businessUnit: 'retail',
  role: 'provider',
  region: 'eu',
  serviceTier: 'gold',
}
const subject = 'aisystem:scoring'
const refused = (reason: string) => ({ __typename: 'DecisionRefused', reason })

describe.each(eventStores)('on $name, people who were invited', (storeUnderTest) => {
  let store: OpenedStore
  let annal: TestServer
  let administrator: Browser
  const people = new Map<string, { browser: Browser; id: string }>()

  async function invite(name: string, role: string): Promise<void> {
    const input = { email: `${name}@bank.example`, name, role }
    const { answer } = await administrator.ask<InviteAnswer>(INVITE, { input })
    const browser = new Browser(annal.url)
    expect(await browser.open(answer.link ?? '')).toBe(200)
    people.set(name, { browser, id: answer.invitation.person })
  }

  async function moveToOwnWorkspace(): Promise<void> {
    const key = (await annal.key(await workspace(), 'AUDITOR')).replace('Bearer ', '')
    administrator.path = `/w/${await openOwnWorkspace(annal.url, administrator.cookie, key)}/graphql`
  }

  async function workspace(): Promise<string> {
    const { viewer } = await administrator.ask<{ viewer: { workspace: { id: string } } }>('{ viewer { workspace { id } } }')
    return viewer.workspace.id
  }

  function person(name: string): { browser: Browser; id: string } {
    const known = people.get(name)
    if (known === undefined) throw new Error(`expected ${name} to be invited`)
    return known
  }

  async function request(changes: Record<string, unknown> = {}): Promise<string> {
    const id = randomUUID()
    const approvers = ['rita', 'anna', 'ben'].map((name) => person(name).id)
    const input = {
      id,
      approval: `release-${id.slice(0, 8)}`,
      subject,
      quorum: 2,
      approvers,
      expiresAt: '2099-01-01T00:00:00Z',
      ...changes,
    }
    const { decided } = await person('rita').browser.ask<Decided>(REQUEST, { input })
    expect(decided).toMatchObject({ __typename: 'DecisionRecorded', receipts: [{ id }] })
    return input.approval
  }

  async function decide(who: string, mutation: string, approval: string, id = randomUUID()): Promise<Decided['decided']> {
    const input = { id, approval, subject, reason: 'Read and understood.' }
    return (await person(who).browser.ask<Decided>(vote(mutation), { input })).decided
  }

  beforeAll(async () => {
    store = await storeUnderTest.open()
    annal = await TestServer.start(undefined, [], store.environment)
    administrator = new Browser(annal.url)
    await administrator.open(annal.signInLink)
    if (store.shared) await moveToOwnWorkspace()
    await invite('rita', 'RISK_MANAGER')
    for (const name of ['anna', 'ben', 'cleo']) await invite(name, 'APPROVER')
    const event = { id: randomUUID(), occurredAt: '2026-01-01T00:00:00.000Z', event: { systemRegistered: system } }
    const [outcome] = await annal.append(await annal.key(await workspace()), event)
    expect(outcome?.__typename).toBe('Receipt')
  }, 300_000)

  afterAll(async () => {
    await annal?.stop()
    await store?.close()
  })

  it('approve with four eyes: not their own request, not unless named, not twice; the quorum grants', async () => {
    const approval = await request()
    expect(await decide('rita', 'approve', approval)).toMatchObject(refused('OWN_REQUEST'))
    expect(await decide('cleo', 'approve', approval)).toMatchObject(refused('NOT_NAMED'))
    expect((await decide('anna', 'approve', approval)).receipts).toHaveLength(1)
    expect(await decide('anna', 'approve', approval)).toMatchObject(refused('ALREADY_DECIDED'))
    const id = randomUUID()
    const granted = await decide('ben', 'approve', approval, id)
    expect(granted.receipts).toMatchObject([{ id, repeated: false }, { repeated: false }])
    expect((await decide('ben', 'approve', approval, id)).receipts).toEqual(
      granted.receipts?.map((receipt) => ({ ...receipt, repeated: true })),
    )
    expect(await decide('anna', 'approve', approval, id)).toMatchObject(refused('CONTENT_DIFFERS'))
    expect(await decide('anna', 'refuse', approval)).toMatchObject(refused('NOT_PENDING'))
  })

  it('can’t both have the last word', async () => {
    const approval = await request({ quorum: 1 })
    const [approved, refusal] = await Promise.all([decide('anna', 'approve', approval), decide('ben', 'refuse', approval)])
    const recorded = [approved, refusal].filter(({ __typename }) => __typename === 'DecisionRecorded')
    expect([recorded.length, [approved, refusal].find(({ reason }) => reason !== undefined)?.reason]).toEqual([1, 'NOT_PENDING'])
  })

  it('decide on nothing that was withdrawn, has expired, was never asked for or is something else', async () => {
    const withdrawn = await request()
    expect(await decide('cleo', 'withdrawApproval', withdrawn)).toMatchObject(refused('NOT_NAMED'))
    expect(await decide('rita', 'withdrawApproval', withdrawn)).toMatchObject({ __typename: 'DecisionRecorded' })
    expect(await decide('anna', 'approve', withdrawn)).toMatchObject(refused('NOT_PENDING'))
    const short = await request({ expiresAt: new Date(Date.now() + 1_500).toISOString() })
    await new Promise((resolve) => setTimeout(resolve, 1_600))
    expect(await decide('anna', 'approve', short)).toMatchObject(refused('EXPIRED'))
    expect(await decide('anna', 'approve', 'never-asked')).toMatchObject(refused('NOT_REQUESTED'))
    const other = { id: randomUUID(), approval: await request(), subject: 'aisystem:other' }
    const { decided } = await person('anna').browser.ask<Decided>(vote('approve'), { input: other })
    expect(decided).toMatchObject(refused('OTHER_SUBJECT'))
  })

  it('are out at once when they are deactivated, and their votes stand', async () => {
    const approval = await request()
    await decide('anna', 'approve', approval)
    const { id, browser } = person('anna')
    await administrator.ask('mutation ($id: ID!) { deactivatePerson(id: $id) { __typename } }', { id })
    expect((await browser.post('/graphql', { query: '{ viewer { id } }' })).status).toBe(401)
    expect((await decide('ben', 'approve', approval)).receipts).toHaveLength(2)
  })
})
