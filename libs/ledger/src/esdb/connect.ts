import { EventStoreDBClient } from '@eventstore/db-client'
import { type ConnectionString, InvalidConnectionString } from './connection-string.ts'

/**
 * A client of its own for each store. In version 6.2.1 (the last, pinned) `handleError` is called without anybody awaiting it, and awaits
 * the channel that is being opened: when a cluster can't be discovered, that rejection belongs to nobody and would end the process. The
 * calls that wait for the channel get the same error, so here it is let go.
 */
export function connect({ text, prefersLeader }: ConnectionString): EventStoreDBClient {
  const client = parsed(text)
  if (prefersLeader) requireLeader(client)
  const handleError = client['handleError']
  client['handleError'] = (failed, error) => handleError(failed, error).catch(() => undefined)
  return client
}

/**
 * A node that stops leading goes on answering: reads as far as it has got, appends by passing them on. Told that the leader is required, it
 * names the leader instead, and the client goes there. Other clients do so by themselves where the leader is preferred.
 */
function requireLeader(client: EventStoreDBClient): void {
  const callArguments = client['callArguments']
  client['callArguments'] = (asked, options) => callArguments({ ...asked, requiresLeader: true }, options)
}

function parsed(text: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(text)
  } catch (error) {
    const expected = error instanceof Error ? /, expected (.*)\.$/.exec(error.message)?.[1] : undefined
    throw new InvalidConnectionString(expected ? `expected ${expected} in the connection string` : String(error), { cause: error })
  }
}
