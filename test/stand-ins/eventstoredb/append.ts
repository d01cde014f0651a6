import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js'
import { decideAppend, MAX_APPEND_SIZE, type Write } from './append-decision.ts'
import type { AppendFault } from './faults.ts'
import type { ProposedEvent } from './log.ts'
import { appendAnswer, expectedOf, nameOf, proposedEvent } from './messages.ts'
import { denialOf, maxAppendSizeExceeded, serverNotReady, timedOut } from './refusals.ts'
import type { Server } from './server.ts'

type Call = ServerReadableStream<AppendReq, AppendResp>
type Answer = sendUnaryData<AppendResp>

/** One append per call: what the client uses where a call brings credentials of its own. */
export function answerAppend(server: Server, call: Call, answer: Answer): void {
  let options: AppendReq.Options | undefined
  const events: ProposedEvent[] = []
  call.on('data', (request: AppendReq) => {
    options ??= request.getOptions()
    const message = request.getProposedMessage()
    if (message) events.push(proposedEvent(message))
  })
  call.on('end', () => {
    if (options) decide(server, call, { stream: nameOf(options.getStreamIdentifier()), expected: expectedOf(options), events }, answer)
  })
}

function decide(server: Server, call: Call, write: Write, answer: Answer): void {
  const decision = decideAppend(server, call.metadata, write)
  switch (decision.status) {
    case 'denied':
    case 'unauthenticated':
      answer(denialOf(decision.status))
      break
    case 'too-large':
      answer(maxAppendSizeExceeded(MAX_APPEND_SIZE))
      break
    case 'fault':
      fail(server, decision.answer, answer)
      break
    case 'written':
    case 'wrong-expected-version':
      answer(null, appendAnswer(decision, write.expected))
  }
}

function fail(server: Server, how: AppendFault['answer'], answer: Answer): void {
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
