import type { Metadata } from '@grpc/grpc-js'
import type { AppendFault } from './faults.ts'
import type { ExpectedRevision, ProposedEvent, WriteResult } from './log.ts'
import { sizeOf } from './messages.ts'
import type { Server } from './server.ts'

/** The server's default limit of one append. */
export const MAX_APPEND_SIZE = 1024 * 1024

export interface Write {
  readonly stream: string
  readonly expected: ExpectedRevision
  readonly events: readonly ProposedEvent[]
}

type AppendDecision =
  | WriteResult
  | { readonly status: 'denied' }
  | { readonly status: 'unauthenticated' }
  | { readonly status: 'too-large' }
  | { readonly status: 'fault'; readonly answer: AppendFault['answer'] }

/** What becomes of an append, whichever call it came by: first the rights, then the size, then what was made to fail, then the log. */
export function decideAppend(server: Server, metadata: Metadata, { stream, expected, events }: Write): AppendDecision {
  const access = server.access.check(metadata, 'write', stream)
  if (access !== 'allowed') return { status: access }
  if (events.reduce((size, event) => size + sizeOf(event), 0) > MAX_APPEND_SIZE) return { status: 'too-large' }
  const fault = server.faults.takeAppendFault()
  if (fault?.when === 'before-storing') return { status: 'fault', answer: fault.answer }
  const result = server.log.write(stream, expected, events)
  return fault && result.status === 'written' ? { status: 'fault', answer: fault.answer } : result
}
