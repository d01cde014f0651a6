import type { EventStoreDBClient } from '@eventstore/db-client'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import streamsService, { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import streams, { type ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { Position } from '../event-store.ts'
import { logPosition, positionText } from './log-position.ts'

/** What the server holds of an event, byte for byte as it was sent. The client's own reads parse the bytes and let them go. */
export interface StoredBytes {
  readonly position: Position
  readonly id: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

/** Where to read: on in the log from a position, or on in a stream from a version. */
type ReadFrom =
  | { readonly position: Position; readonly count: number }
  | { readonly stream: string; readonly version: number; readonly count: number }

/** Reads forwards from there, the server's own events included. */
export async function readStoredBytes(client: EventStoreDBClient, from: ReadFrom, deadlineMs: number): Promise<StoredBytes[]> {
  const reading = await client['GRPCStreamCreator'](streamsService.StreamsClient, 'readBack', (grpc: StreamsClient) =>
    grpc.read(readRequest(from), ...client['callArguments']({ deadline: deadlineMs })),
  )()
  return new Promise((resolve, reject) => {
    const found: StoredBytes[] = []
    reading.on('data', (response: ReadResp) => {
      const event = response.getEvent()?.getEvent()
      if (event) found.push(storedBytes(event))
    })
    reading.on('error', reject).on('end', () => resolve(found))
  })
}

function storedBytes(event: ReadResp.ReadEvent.RecordedEvent): StoredBytes {
  return {
    position: positionText({ commit: BigInt(event.getCommitPosition()), prepare: BigInt(event.getPreparePosition()) }),
    id: event.getId()?.getString() ?? '',
    data: event.getData_asU8(),
    metadata: event.getCustomMetadata_asU8(),
  }
}

function readRequest(from: ReadFrom): ReadReq {
  const options = new streams.ReadReq.Options()
    .setReadDirection(streams.ReadReq.Options.ReadDirection.FORWARDS)
    .setCount(String(from.count))
    .setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()))
    .setNoFilter(new shared.Empty())
  if ('position' in from) {
    const { commit, prepare } = logPosition(from.position)
    const position = new streams.ReadReq.Options.Position().setCommitPosition(String(commit)).setPreparePosition(String(prepare))
    options.setAll(new streams.ReadReq.Options.AllOptions().setPosition(position))
  } else {
    const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(from.stream))
    options.setStream(new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier).setRevision(String(from.version)))
  }
  return new streams.ReadReq().setOptions(options)
}
