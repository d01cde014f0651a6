import { describe, expect, it } from 'vitest'
import { AnnalProcess, graphql } from '../kit/annal-process.ts'
import { eventStores } from '../kit/event-stores.ts'
import { PersistentSenders } from './acknowledged-events.ts'

/** 20 by hand (`ANNAL_TEST_KILLS=20 npx vitest run test/crash`), fewer in CI. */
const kills = Number(process.env.ANNAL_TEST_KILLS ?? 3)

const VIOLATIONS = `query Violations($after: String) {
  events(filter: { types: [ViolationRecorded] }, order: OLDEST_FIRST, first: 200, after: $after) {
    edges { node { causationId } } pageInfo { hasNextPage endCursor } } }`

interface Page {
  readonly events: {
    readonly edges: readonly { readonly node: { readonly causationId: string } }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

describe.each(eventStores)('reactions on $name, killed under load', ({ open }) => {
  it(`record what follows from each event, once, over ${kills} kills`, { timeout: 180_000 + kills * 20_000 }, async () => {
    const store = await open()
    const annal = await AnnalProcess.start(store)
    try {
      const auditor = await annal.key('auditor')
      // Each event is a deployment to production of a version that nobody approved.
      const senders = new PersistentSenders({ url: () => annal.url, key: await annal.key('service') }, 2)
      for (let kill = 0; kill < kills; kill++) {
        await senders.acknowledge(2)
        await pause(400 + Math.random() * 1_200)
        await annal.kill()
        await annal.restart()
      }
      await pause(300)
      await senders.finish()

      const sent = [...senders.acknowledged.keys()]
      const causes = await violations(annal.url, auditor, sent.length)
      expect(new Set(causes).size).toBe(causes.length)
      expect(new Set(causes)).toEqual(new Set(sent))
      await pause(1_500)
      expect(await violations(annal.url, auditor, sent.length)).toHaveLength(sent.length)
      expect(sent.length).toBeGreaterThan(kills)
    } finally {
      await annal.stop()
      await store.close()
    }
  })
})

/** The ids of the events that violations follow from, once there are as many as expected, or none has come for a long time. */
async function violations(url: string, key: string, expected: number): Promise<string[]> {
  let found: string[] = []
  for (let last = Date.now(); found.length < expected && Date.now() - last < 60_000; await pause(250)) {
    const now = await allViolations(url, key)
    if (now.length > found.length) last = Date.now()
    found = now
  }
  return found
}

async function allViolations(url: string, key: string): Promise<string[]> {
  const causes: string[] = []
  for (let after: string | null = null; ; ) {
    const page: Page = await graphql<Page>(url, key, VIOLATIONS, { after })
    causes.push(...page.events.edges.map(({ node }) => node.causationId.slice(node.causationId.lastIndexOf('/') + 1)))
    if (!page.events.pageInfo.hasNextPage) return causes
    after = page.events.pageInfo.endCursor
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((settle) => setTimeout(settle, milliseconds))
}
