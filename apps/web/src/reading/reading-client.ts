import { type Client, createClient, type Exchange, fetchExchange } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { graphqlPath } from '../graphql/client.ts'
import { activeReads } from './active-reads.ts'
import { type Freshness, freshness } from './freshness.ts'
import { pastExchanges } from './past-reading.ts'

/** Reads of one workspace, kept in a normalised cache: what changes in one place changes wherever it is shown. */
export interface ReadingClient {
  readonly client: Client
  readonly freshness: Pick<Freshness, 'saw' | 'recorded'>
  /** Reads again what is shown of these root fields; of all when null. */
  readonly again: (fields: ReadonlySet<string> | null) => void
}

const opened = new Map<string, ReadingClient>()
const past = new Map<string, ReadingClient>()
/** Of how many days of the past what was read is kept. */
const KEPT_DAYS = 4

/** One for each workspace while the page is open, and one for each of the last instants as of which it was read. */
export function readingClient(workspace: string, asOf: string | null = null): ReadingClient {
  return asOf === null ? present(workspace) : asOfInstant(workspace, asOf)
}

function present(workspace: string): ReadingClient {
  const known = opened.get(workspace)
  if (known) return known
  const fresh = freshness()
  const reading = open(workspace, fresh, [fresh.exchange])
  opened.set(workspace, reading)
  return reading
}

function asOfInstant(workspace: string, asOf: string): ReadingClient {
  const key = `${workspace} ${asOf}`
  const reading = past.get(key) ?? open(workspace, freshness(), pastExchanges(workspace, asOf))
  past.delete(key)
  past.set(key, reading)
  for (const oldest of past.keys()) {
    if (past.size <= KEPT_DAYS) break
    past.delete(oldest)
  }
  return reading
}

function open(workspace: string, fresh: Freshness, between: readonly Exchange[]): ReadingClient {
  const reads = activeReads()
  const client = createClient({
    url: graphqlPath(workspace),
    exchanges: [reads.exchange, cacheExchange({}), ...between, fetchExchange],
    fetchOptions: { credentials: 'same-origin' },
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
  })
  return { client, freshness: fresh, again: (fields) => reads.again(client, fields) }
}
