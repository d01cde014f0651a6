import { eventOfInput } from '@annal/domain'
import { TypedError } from '../http/typed-error.ts'
import type { SentEvent } from './sent-event.ts'

/** `EventEnvelopeInput`, coerced. */
export interface EventEnvelopeInput {
  readonly id: string
  readonly occurredAt: string
  readonly correlationId?: string | null
  readonly causationId?: string | null
  readonly expectedVersion?: string | null
  readonly event: Readonly<Record<string, unknown>>
}

export function readEnvelopeInput(input: EventEnvelopeInput): SentEvent {
  // GraphQL has checked `@oneOf` already; an audit ledger doesn't rest on it alone.
  const event = eventOfInput(input.event)
  if (event.status === 'refused') throw new TypedError('BAD_USER_INPUT', `The event ${input.id}: ${event.message}.`)
  return {
    id: input.id,
    type: event.type,
    data: event.data,
    occurredAt: input.occurredAt,
    correlationId: input.correlationId ?? null,
    causationId: input.causationId ?? null,
    expectedVersion: input.expectedVersion === undefined || input.expectedVersion === null ? null : Number(input.expectedVersion),
  }
}
