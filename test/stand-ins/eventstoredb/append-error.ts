import type { Code } from '@eventstore/db-client/generated/code_pb.js'
import statusMessages, { type Status } from '@eventstore/db-client/generated/status_pb.js'
import any from 'google-protobuf/google/protobuf/any_pb.js'

/** A message of the protocol, as it is packed into an error's details. */
export interface Message {
  serializeBinary(): Uint8Array
}

/** What BatchAppend answers in place of a success: the reason is the type of the details. A server that handled nothing sends no code. */
export function appendError(code: Code | 0, message: string, type: string, details: Message): Status {
  const packed = new any.Any()
  packed.pack(details.serializeBinary(), type)
  return new statusMessages.Status().setCode(code).setMessage(message).setDetails(packed)
}
