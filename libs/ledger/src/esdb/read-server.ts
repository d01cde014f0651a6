import { convertToCommandError, type EventStoreDBClient } from '@eventstore/db-client'
import streamsService, { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { connected } from './connected.ts'
import { type ReadFrom, readRequest } from './read-request.ts'
import { type ServerEvent, serverEvent } from './server-event.ts'

/** How long, in ms, a server may take to say that a read which has found all that it was asked for is over. */
const END_MS = 50
/** How long, in ms, a connection may take to come. */
const CONNECT_MS = 10_000

interface Patience {
  /** How long the whole read may take. Default: for ever, as over a long log that holds little of what is asked for. */
  readonly deadlineMs?: number
  readonly connectMs?: number
}

/**
 * What the server finds; nothing where the stream does not exist. The client has no such read: its reads of $all take no filter.
 *
 * A server that has found all that passes a filter looks for one more before it ends the read, over the whole log if there is none: it is
 * told to stop.
 * @throws StoreUnavailable where no connection comes; else the client's error
 */
export async function readServer(
  client: EventStoreDBClient,
  from: ReadFrom,
  { deadlineMs = Number.POSITIVE_INFINITY, connectMs = CONNECT_MS }: Patience = {},
): Promise<ServerEvent[]> {
  const reading = await client['GRPCStreamCreator'](streamsService.StreamsClient, 'read', async (grpc: StreamsClient) => {
    await connected(grpc, Math.min(connectMs, deadlineMs))
    return grpc.read(readRequest(from), ...client['callArguments']({}, { deadline: deadlineOf(deadlineMs) }))
  })()
  return new Promise((resolve, reject) => {
    const found: ServerEvent[] = []
    let farewell: NodeJS.Timeout | undefined
    reading.on('data', (response: ReadResp) => {
      const event = response.getEvent()?.getEvent()
      if (event) found.push(serverEvent(event))
      if (found.length < from.count || farewell) return
      farewell = setTimeout(() => reading.cancel(), END_MS)
      resolve(found)
    })
    reading
      .on('error', (error) => reject(convertToCommandError(error)))
      .on('end', () => resolve(found))
      .on('close', () => clearTimeout(farewell))
  })
}

function deadlineOf(ms: number): number {
  return Number.isFinite(ms) ? Date.now() + ms : ms
}
