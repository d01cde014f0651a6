import { afterEach, expect, it, vi } from 'vitest'
import { overviewQuery } from '../overview/overview-documents.ts'
import { readingClient } from './reading-client.ts'

afterEach(() => vi.unstubAllGlobals())

/** A server that answers what it is told to, and remembers what it was asked. */
function server(answers: Readonly<Record<string, unknown>>) {
  const asked: { name: string; variables: Record<string, unknown> }[] = []
  vi.stubGlobal('fetch', async (_url: unknown, { body }: { body: string }) => {
    const { operationName, variables } = JSON.parse(body)
    asked.push({ name: operationName, variables })
    return new Response(JSON.stringify({ data: answers[operationName] }), { headers: { 'content-type': 'application/json' } })
  })
  return asked
}

const overview = {
  __typename: 'Overview',
  systems: 1,
  openIncidents: 0,
  overdueIncidents: 0,
  openViolations: 0,
  pendingApprovals: 0,
  pendingForMe: 0,
}
const rest = {
  lapsedApprovals: 0,
  driftAlerts: 0,
  expiringEvidence: 0,
  badNews: [],
  more: 0,
  activity: [],
  byRiskClass: [],
  byBusinessUnit: [],
}

it('reads nothing older than what was recorded, and keeps it in the same place', async () => {
  const asked = server({ Overview: { overview: { ...overview, ...rest } } })
  const { client, freshness, again } = readingClient('acme')
  let shown = 0
  const { unsubscribe } = client.query(overviewQuery, {}).subscribe(({ data }) => {
    if (data) shown++
  })
  await vi.waitFor(() => expect(shown).toBe(1))

  freshness.recorded('15')
  again(null)
  await vi.waitFor(() => expect(asked.filter(({ name }) => name === 'Overview')).toHaveLength(2))
  expect(asked.map(({ name, variables }) => [name, variables.atLeast])).toEqual([
    ['Overview', undefined],
    ['Overview', '15'],
  ])
  await vi.waitFor(() => expect(shown).toBeGreaterThan(1))
  unsubscribe()
})

it('asks as of the instant, and keeps what was read then apart from what is', async () => {
  const asked = server({ Overview: { overview: { ...overview, ...rest } } })
  const then = '2026-05-01T21:59:59.999Z'
  const { data } = await readingClient('past', then).client.query(overviewQuery, {}, { requestPolicy: 'network-only' }).toPromise()
  expect(data?.overview.systems).toBe(1)
  expect(asked).toEqual([{ name: 'Overview', variables: { asOf: then } }])

  const cached = { requestPolicy: 'cache-only' } as const
  expect(readingClient('past', then).client.readQuery(overviewQuery, {}, cached)?.data?.overview.systems).toBe(1)
  expect(readingClient('past').client.readQuery(overviewQuery, {}, cached)?.data ?? null).toBeNull()
})
