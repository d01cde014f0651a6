import shared from '@eventstore/db-client/generated/shared_pb.js'
import streams, { type BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js'
import { type NewEvent, NO_STREAM } from '../event-store.ts'
import { storedMetadata } from './stored-event.ts'

/** All events of one append, to one stream, at one expected version. */
export interface Append {
  readonly stream: string
  readonly expectedVersion: number
  readonly events: readonly NewEvent[]
}

/** The append as one message: the envelope's bytes as they are, in a JSON event. Never with "any" version. */
export function appendRequest(correlationId: string, { stream, expectedVersion, events }: Append): BatchAppendReq {
  const options = new streams.BatchAppendReq.Options().setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)))
  if (expectedVersion === NO_STREAM) options.setNoStream(new shared.Empty())
  else options.setStreamPosition(String(expectedVersion))
  return new streams.BatchAppendReq()
    .setCorrelationId(new shared.UUID().setString(correlationId))
    .setOptions(options)
    .setProposedMessagesList(events.map(proposedMessage))
    .setIsFinal(true)
}

function proposedMessage(event: NewEvent): BatchAppendReq.ProposedMessage {
  const message = new streams.BatchAppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(event.id))
    .setData(event.bytes)
    .setCustomMetadata(storedMetadata(event))
  message.getMetadataMap().set('type', event.type).set('content-type', 'application/json')
  return message
}
