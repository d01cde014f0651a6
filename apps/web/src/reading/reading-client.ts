import { type Client, createClient, fetchExchange } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { graphqlPath } from '../graphql/client.ts'
import { activeReads } from './active-reads.ts'
import { type Freshness, freshness } from './freshness.ts'

/** Reads of one workspace, kept in a normalised cache: what changes in one place changes wherever it is shown. */
export interface ReadingClient {
  readonly client: Client
  readonly freshness: Pick<Freshness, 'saw' | 'recorded'>
  /** Reads again what is shown of these root fields; of all when null. */
  readonly again: (fields: ReadonlySet<string> | null) => void
}

const opened = new Map<string, ReadingClient>()

/** One for each workspace while the page is open. */
export function readingClient(workspace: string): ReadingClient {
  const known = opened.get(workspace)
  if (known) return known
  const reads = activeReads()
  const fresh = freshness()
  const client = createClient({
    url: graphqlPath(workspace),
    exchanges: [reads.exchange, cacheExchange({}), fresh.exchange, fetchExchange],
    fetchOptions: { credentials: 'same-origin' },
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
  })
  const reading = { client, freshness: fresh, again: (fields: ReadonlySet<string> | null) => reads.again(client, fields) }
  opened.set(workspace, reading)
  return reading
}
