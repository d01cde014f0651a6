import type { Position as LogPosition } from '@eventstore/db-client'
import streams, { type ReadResp } from '@eventstore/db-client/generated/streams_pb.js'

/**
 * An event as the server sends it, its bytes as they were sent to the server. The client's own reads parse them with `JSON.parse`, which
 * may take one member name with an escape for another (nodejs/node#63785), and let them go.
 */
export interface ServerEvent {
  readonly streamId: string
  readonly revision: number
  readonly id: string
  readonly type: string
  readonly isJson: boolean
  readonly data: Uint8Array
  readonly metadata: Uint8Array
  readonly position: LogPosition
}

/** Without an event: one of no stream. */
export function serverEvent(event: ReadResp.ReadEvent.RecordedEvent = new streams.ReadResp.ReadEvent.RecordedEvent()): ServerEvent {
  const properties = event.getMetadataMap()
  return {
    streamId: Buffer.from(event.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
    revision: Number(event.getStreamRevision()),
    id: event.getId()?.getString() ?? '',
    type: properties.get('type') ?? '',
    isJson: properties.get('content-type') === 'application/json',
    data: event.getData_asU8(),
    metadata: event.getCustomMetadata_asU8(),
    position: { commit: BigInt(event.getCommitPosition()), prepare: BigInt(event.getPreparePosition()) },
  }
}
