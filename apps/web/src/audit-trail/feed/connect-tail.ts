import { stringifyDocument } from '@urql/core'
import { createClient } from 'graphql-ws/client'
import { graphqlPath } from '../../graphql/client.ts'
import type { EventFilter } from '../filter/event-filter.ts'
import { type TrailEvent, trailTail } from '../trail-documents.ts'
import type { ConnectTail } from './live-tail.ts'

const PING_EVERY = 10_000
const PONG_WITHIN = 5_000
/** Close codes by which the server says that this session may not follow: unauthorised, forbidden. */
const REFUSED = [4401, 4403]
/** The same said of the question instead of the connection. The last: the page is older than the server, and a new one asks otherwise. */
const REFUSALS: readonly unknown[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'FREE_DOCUMENT_REFUSED']

/** Follows `eventAppended` over a WebSocket of its own for each connection. A server that falls silent counts as lost. */
export function connectTail(workspace: string, filter: EventFilter): ConnectTail {
  return (after, sink) => {
    let silence: ReturnType<typeof setTimeout> | undefined
    const client = createClient({
      url: `${location.origin.replace(/^http/, 'ws')}${graphqlPath(workspace)}`,
      retryAttempts: 0,
      keepAlive: PING_EVERY,
      connectionAckWaitTimeout: PING_EVERY,
      on: {
        connected: () => sink.opened(),
        ping: (received) => {
          if (!received) silence = setTimeout(() => client.terminate(), PONG_WITHIN)
        },
        pong: (received) => {
          if (received) clearTimeout(silence)
        },
        closed: () => clearTimeout(silence),
      },
    })
    client.subscribe<{ eventAppended: TrailEvent }>(
      { query: stringifyDocument(trailTail), variables: { filter, after } },
      {
        next: ({ data }) => {
          if (data) return sink.event(data.eventAppended)
          sink.ended('lost')
          void client.dispose()
        },
        error: (error) => sink.ended(isRefusal(error) ? 'refused' : 'lost'),
        complete: () => sink.ended('lost'),
      },
    )
    return () => void client.dispose()
  }
}

/** How the connection was closed, or what is wrong with the question. */
function isRefusal(error: unknown): boolean {
  if (error instanceof CloseEvent) return REFUSED.includes(error.code)
  return Array.isArray(error) && error.some((one) => REFUSALS.includes(one?.extensions?.code))
}
