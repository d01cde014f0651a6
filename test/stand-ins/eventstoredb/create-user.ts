import type { CreateReq, CreateResp } from '@eventstore/db-client/generated/users_pb.js'
import users from '@eventstore/db-client/generated/users_pb.js'
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js'
import { denialOf, loginConflict } from './refusals.ts'
import type { Server } from './server.ts'

/** Only administrators make users, and no name twice. */
export function answerCreateUser(
  { access }: Server,
  call: ServerUnaryCall<CreateReq, CreateResp>,
  answer: sendUnaryData<CreateResp>,
): void {
  const options = call.request.getOptions()
  const denied = denialOf(access.checkAdministrator(call.metadata))
  if (denied || !options) answer(denied)
  else if (access.addUser({ name: options.getLoginName(), password: options.getPassword(), groups: options.getGroupsList() }))
    answer(null, new users.CreateResp())
  else answer(loginConflict(options.getLoginName()))
}
