import codes from '@eventstore/db-client/generated/code_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import type { Status } from '@eventstore/db-client/generated/status_pb.js'
import streams, { type BatchAppendReq, type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerDuplexStream } from '@grpc/grpc-js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import { decideAppend, MAX_APPEND_SIZE, type Write } from './append-decision.ts'
import { appendError, type Message } from './append-error.ts'
import type { AppendFault } from './faults.ts'
import type { ExpectedRevision, ProposedEvent } from './log.ts'
import { identifierOf, nameOf, proposedEvent } from './messages.ts'
import { denialOf } from './refusals.ts'
import type { Server } from './server.ts'

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>

/** Many appends over one call, each in one or more messages, each answered on its own, by its correlation id. */
export function answerBatchAppend(server: Server, call: Call): void {
  if (!server.access.admits(call.metadata)) {
    call.emit('error', denialOf('unauthenticated'))
    return
  }
  const pending = new Map<string, { options: BatchAppendReq.Options; events: ProposedEvent[] }>()
  call.on('data', (request: BatchAppendReq) => {
    const id = request.getCorrelationId()?.getString() ?? ''
    const options = request.getOptions()
    const append = pending.get(id) ?? (options ? { options, events: [] } : null)
    if (!append) return
    pending.set(id, append)
    append.events.push(...request.getProposedMessagesList().map(proposedEvent))
    if (!request.getIsFinal()) return
    pending.delete(id)
    const elsewhere = server.elsewhere(call.metadata)
    if (elsewhere) return void call.emit('error', elsewhere)
    const write = { stream: nameOf(append.options.getStreamIdentifier()), expected: expectedOf(append.options), events: append.events }
    const answer = decide(server, call, write)
    if (answer) call.write(answer.setCorrelationId(request.getCorrelationId()).setStreamIdentifier(identifierOf(write.stream)))
  })
  call.on('end', () => call.end())
}

function decide(server: Server, call: Call, write: Write): BatchAppendResp | null {
  const answer = new streams.BatchAppendResp()
  const decision = decideAppend(server, call.metadata, write)
  switch (decision.status) {
    case 'written': {
      const at = String(decision.position)
      const position = new shared.AllStreamPosition().setCommitPosition(at).setPreparePosition(at)
      return answer.setSuccess(
        new streams.BatchAppendResp.Success().setCurrentRevision(String(decision.lastRevision)).setPosition(position),
      )
    }
    case 'wrong-expected-version':
      return answer.setError(
        appendError(
          codes.Code.ALREADY_EXISTS,
          'WrongExpectedVersion',
          'event_store.client.WrongExpectedVersion',
          wrongVersion(decision.current, write.expected),
        ),
      )
    case 'too-large':
      return answer.setError(
        appendError(
          codes.Code.INVALID_ARGUMENT,
          'MaximumAppendSizeExceeded',
          'event_store.client.MaximumAppendSizeExceeded',
          new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_SIZE),
        ),
      )
    case 'denied':
    case 'unauthenticated':
      return answer.setError(
        appendError(codes.Code.PERMISSION_DENIED, 'AccessDenied', 'event_store.client.AccessDenied', new shared.AccessDenied()),
      )
    case 'fault': {
      const failure = fail(server, decision.answer)
      return failure && answer.setError(failure)
    }
  }
}

function fail(server: Server, how: AppendFault['answer']): Status | null {
  switch (how) {
    case 'unavailable':
      return appendError(0, 'Server Is Not Ready', 'google.protobuf.Empty', new empty.Empty())
    case 'timeout':
      return appendError(codes.Code.DEADLINE_EXCEEDED, 'Timeout', 'event_store.client.Timeout', new shared.Timeout())
    case 'lost':
      server.dropConnections()
      return null
    case 'silence':
      return null
  }
}

function wrongVersion(current: number, expected: ExpectedRevision): Message {
  const wrong = new shared.WrongExpectedVersion()
  if (current < 0) wrong.setCurrentNoStream(new empty.Empty())
  else wrong.setCurrentStreamRevision(String(current))
  if (typeof expected === 'number') wrong.setExpectedStreamPosition(String(expected))
  else wrong.setExpectedNoStream(new empty.Empty())
  return wrong
}

function expectedOf(options: BatchAppendReq.Options): ExpectedRevision {
  if (options.hasAny()) return 'any'
  if (options.hasNoStream()) return 'no_stream'
  return options.hasStreamExists() ? 'stream_exists' : Number(options.getStreamPosition())
}
