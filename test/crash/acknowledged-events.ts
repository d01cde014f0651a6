import { randomUUID } from 'node:crypto'
import { graphql } from '../kit/annal-process.ts'

const APPEND = `mutation Append($events: [EventEnvelopeInput!]!) {
  append(events: $events) { outcomes { __typename ... on Receipt { id position stream streamVersion } ... on Refusal { code message } } }
}`

interface Appended {
  readonly append: {
    readonly outcomes: readonly { readonly __typename: string; readonly id: string; readonly position: string; readonly message?: string }[]
  }
}

/**
 * Senders that never give up: each makes one event after the other and sends the same event until it has a receipt, whatever happens to
 * the server meanwhile.
 */
export class PersistentSenders {
  readonly acknowledged = new Map<string, string>()
  retries = 0
  private running = true
  private readonly senders: Promise<void>[]

  constructor(target: { url: () => string; key: string }, count: number) {
    this.senders = Array.from({ length: count }, (_, i) => this.send(target, i))
  }

  /** Resolves when so many events more have their receipts: however slow the machine is, each kill comes into work. */
  async acknowledge(more: number): Promise<void> {
    const enough = this.acknowledged.size + more
    while (this.acknowledged.size < enough) await new Promise((settle) => setTimeout(settle, 10))
  }

  /** Stops making new events; resolves when the last one under way has its receipt. */
  async finish(): Promise<void> {
    this.running = false
    await Promise.all(this.senders)
  }

  private async send({ url, key }: { url: () => string; key: string }, sender: number): Promise<void> {
    for (let n = 0; this.running; n++) {
      const events = Array.from({ length: 1 + (n % 3) }, (_, i) => event(sender, n * 3 + i))
      for (;;) {
        const outcomes = await attempt(url(), key, events)
        if (outcomes !== null) {
          for (const { id, position } of outcomes) this.acknowledged.set(id, position)
          break
        }
        this.retries++
        await new Promise((settle) => setTimeout(settle, 50))
      }
    }
  }
}

async function attempt(url: string, key: string, events: readonly unknown[]): Promise<Appended['append']['outcomes'] | null> {
  let data: Appended
  try {
    data = await graphql<Appended>(url, key, APPEND, { events })
  } catch (error) {
    if (
      error instanceof TypeError ||
      (error instanceof Error && /STORE_UNAVAILABLE|APPEND_UNCERTAIN|cannot be reached|did not say/.test(error.message))
    )
      return null
    throw error
  }
  const refused = data.append.outcomes.find(({ __typename }) => __typename !== 'Receipt')
  if (refused !== undefined) throw new Error(`expected receipts, found ${JSON.stringify(refused)}`)
  return data.append.outcomes
}

function event(sender: number, n: number) {
  return {
    id: randomUUID(),
    occurredAt: new Date().toISOString(),
    event: {
      versionDeployed: {
        model: `crash-${sender % 3}`,
        version: String(n),
        environment: 'production',
        kind: 'real_time',
        strategy: 'all',
        note: `sender ${sender}, event ${n}`,
        systems: ['crash-test'],
      },
    },
  }
}

const PAGE = `query Page($after: String, $atLeast: Position) {
  events(filter: { types: [VersionDeployed] }, order: OLDEST_FIRST, first: 200, after: $after, atLeast: $atLeast) {
    edges { node { id position stream streamVersion } }
    pageInfo { hasNextPage endCursor }
  }
}`

export interface SeenEvent {
  readonly id: string
  readonly position: string
  readonly stream: string
  readonly streamVersion: string
}

interface Page {
  readonly events: {
    readonly edges: readonly { readonly node: SeenEvent }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

/** The whole trail through the projection, oldest first, once it shows everything up to `atLeast`. */
export async function wholeTrail(url: string, key: string, atLeast: string): Promise<SeenEvent[]> {
  const seen: SeenEvent[] = []
  await shown(url, key, atLeast)
  for (let after: string | null = null; ; ) {
    const page: Page = await graphql<Page>(url, key, PAGE, { after, atLeast })
    seen.push(...page.events.edges.map(({ node }) => node))
    if (!page.events.pageInfo.hasNextPage) return seen
    after = page.events.pageInfo.endCursor
  }
}

/** After a kill under load the views have a backlog that takes longer than one query waits. */
async function shown(url: string, key: string, atLeast: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await graphql(url, key, PAGE, { after: null, atLeast })
      return
    } catch (error) {
      if (attempt === 24 || !String(error).includes('NOT_YET_VISIBLE')) throw error
    }
  }
}
