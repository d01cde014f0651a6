import type { DeleteReq, DeleteResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js'
import { nameOf } from './messages.ts'
import { denialOf, notStoodIn, wrongExpectedVersion } from './refusals.ts'
import type { Server } from './server.ts'

/** Only what a refused delete looks like: for want of a right, or of the right revision. It never deletes. */
export function answerDelete(server: Server, call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>): void {
  const options = call.request.getOptions()
  const stream = nameOf(options?.getStreamIdentifier())
  const denied = denialOf(server.access.check(call.metadata, 'delete', stream))
  const expected = options?.getRevision() ?? ''
  const current = server.log.stream(stream).length - 1
  answer(denied ?? (Number(expected) === current ? notStoodIn('deletion') : wrongExpectedVersion(stream, expected, current)))
}
