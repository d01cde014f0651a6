import shared from '@eventstore/db-client/generated/shared_pb.js'
import status from '@eventstore/db-client/generated/status_pb.js'
import type { AppendReq, AppendResp, BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerDuplexStream, ServerReadableStream, sendUnaryData } from '@grpc/grpc-js'
import any from 'google-protobuf/google/protobuf/any_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import type { AppendFault } from './faults.ts'
import type { ExpectedRevision, ProposedEvent } from './log.ts'
import { appendAnswer, expectedOf, identifierOf, nameOf, proposedEvent, sizeOf } from './messages.ts'
import { denialOf, maxAppendSizeExceeded, serverNotReady, timedOut } from './refusals.ts'
import type { Server } from './server.ts'

/** The server's default limit of one append. */
const MAX_APPEND_SIZE = 1024 * 1024

export function answerAppend(server: Server, call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void {
  let options: AppendReq.Options | undefined
  const events: ProposedEvent[] = []
  call.on('data', (request: AppendReq) => {
    options ??= request.getOptions()
    const message = request.getProposedMessage()
    if (message) events.push(proposedEvent(message))
  })
  call.on('end', () => {
    if (!options) return
    const write = { stream: nameOf(options.getStreamIdentifier()), expected: expectedOf(options), events }
    const denied = denialOf(server.access.check(call.metadata, 'write', write.stream))
    if (denied) answer(denied)
    else if (events.reduce((size, event) => size + sizeOf(event), 0) > MAX_APPEND_SIZE) answer(maxAppendSizeExceeded(MAX_APPEND_SIZE))
    else store(server, write, answer)
  })
}

interface Write {
  readonly stream: string
  readonly expected: ExpectedRevision
  readonly events: readonly ProposedEvent[]
}

function store(server: Server, { stream, expected, events }: Write, answer: sendUnaryData<AppendResp>): void {
  const fault = server.faults.takeAppendFault()
  const result = fault?.when === 'before-storing' ? null : server.log.write(stream, expected, events)
  if (result && !(fault && result.status === 'written')) answer(null, appendAnswer(result, expected))
  else if (fault) fail(server, fault.answer, answer)
}

function fail(server: Server, how: AppendFault['answer'], answer: sendUnaryData<AppendResp>): void {
  switch (how) {
    case 'unavailable':
      answer(serverNotReady())
      break
    case 'timeout':
      answer(timedOut())
      break
    case 'lost':
      server.dropConnections()
      break
    case 'silence':
      break
  }
}

/** What the client prefers where the call brings no credentials of its own: many appends over one stream. No faults here. */
export function answerBatchAppend(server: Server, call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
  const pending = new Map<string, { options: BatchAppendReq.Options; events: ProposedEvent[] }>()
  call.on('data', (request: BatchAppendReq) => {
    const id = request.getCorrelationId()?.getString() ?? ''
    const options = request.getOptions()
    const batch = pending.get(id) ?? (options ? { options, events: [] } : null)
    if (!batch) return
    pending.set(id, batch)
    batch.events.push(...request.getProposedMessagesList().map(proposedEvent))
    if (!request.getIsFinal()) return
    pending.delete(id)
    call.write(batchAnswer(server, request, batch))
  })
  call.on('end', () => call.end())
}

function batchAnswer(
  server: Server,
  request: BatchAppendReq,
  batch: { options: BatchAppendReq.Options; events: ProposedEvent[] },
): BatchAppendResp {
  const stream = nameOf(batch.options.getStreamIdentifier())
  const answer = new streams.BatchAppendResp().setCorrelationId(request.getCorrelationId()).setStreamIdentifier(identifierOf(stream))
  const expected = batchExpected(batch.options)
  const result = server.log.write(stream, expected, batch.events)
  if (result.status === 'written') {
    const at = String(result.position)
    const position = new shared.AllStreamPosition().setCommitPosition(at).setPreparePosition(at)
    return answer.setSuccess(new streams.BatchAppendResp.Success().setCurrentRevision(String(result.lastRevision)).setPosition(position))
  }
  const wrong = new shared.WrongExpectedVersion()
  if (result.current < 0) wrong.setCurrentNoStream(new empty.Empty())
  else wrong.setCurrentStreamRevision(String(result.current))
  if (typeof expected === 'number') wrong.setExpectedStreamPosition(String(expected))
  else wrong.setExpectedNoStream(new empty.Empty())
  const details = new any.Any()
  details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion')
  return answer.setError(new status.Status().setMessage('WrongExpectedVersion').setDetails(details))
}

function batchExpected(options: BatchAppendReq.Options): ExpectedRevision {
  if (options.hasAny()) return 'any'
  if (options.hasNoStream()) return 'no_stream'
  return options.hasStreamExists() ? 'stream_exists' : Number(options.getStreamPosition())
}
