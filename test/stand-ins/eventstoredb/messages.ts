import type { StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import type { AppendReq, AppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { ExpectedRevision, LogRecord, ProposedEvent, WriteResult } from './log.ts'

const TICKS_PER_MILLISECOND = 10_000n

export function nameOf(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8')
}

export function identifierOf(stream: string): StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream))
}

/** The part that the proposed messages of Append and of BatchAppend have in common. */
export function proposedEvent(message: AppendReq.ProposedMessage): ProposedEvent {
  return {
    id: message.getId()?.getString().toLowerCase() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }
}

/** What the server counts against the append limit. */
export function sizeOf(event: ProposedEvent): number {
  return event.data.length + event.metadata.length + 2 * event.type.length
}

export function expectedOf(options: AppendReq.Options): ExpectedRevision {
  if (options.hasAny()) return 'any'
  if (options.hasNoStream()) return 'no_stream'
  return options.hasStreamExists() ? 'stream_exists' : Number(options.getRevision())
}

export function appendAnswer(result: WriteResult, expected: ExpectedRevision): AppendResp {
  const answer = new streams.AppendResp()
  if (result.status === 'written') {
    const at = String(result.position)
    const position = new streams.AppendResp.Position().setCommitPosition(at).setPreparePosition(at)
    return answer.setSuccess(new streams.AppendResp.Success().setCurrentRevision(String(result.lastRevision)).setPosition(position))
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion()
  if (result.current < 0) wrong.setCurrentNoStream(new shared.Empty())
  else wrong.setCurrentRevision(String(result.current))
  if (typeof expected === 'number') wrong.setExpectedRevision(String(expected))
  else wrong.setExpectedNoStream(new shared.Empty())
  return answer.setWrongExpectedVersion(wrong)
}

export function eventMessage(record: LogRecord): ReadResp {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(identifierOf(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(String(record.position))
    .setPreparePosition(String(record.position))
    .setData(record.data)
    .setCustomMetadata(record.metadata)
  event.getMetadataMap().set('type', record.type)
  event.getMetadataMap().set('content-type', record.contentType)
  event.getMetadataMap().set('created', String(BigInt(record.created.getTime()) * TICKS_PER_MILLISECOND))
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(String(record.position)))
}

export function streamNotFoundMessage(stream: string): ReadResp {
  return new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)))
}

export function confirmationMessage(subscription: string): ReadResp {
  return new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(subscription))
}

export function checkpointMessage(position: number): ReadResp {
  const at = String(position)
  return new streams.ReadResp().setCheckpoint(new streams.ReadResp.Checkpoint().setCommitPosition(at).setPreparePosition(at))
}
