import { clockInstant, type EventType, eventType, foreignEvent, type ParseOutcome, parseEvent } from '@annal/domain'
import type { EventDraft } from '@annal/ledger'
import { isId, parseEventReference } from '@annal/proof'
import type { Caller } from '../identity/caller.ts'
import { mayRecord } from './may-record.ts'
import { type Refusal, refusal } from './refusal.ts'
import type { SentEvent } from './sent-event.ts'

export type Prepared =
  | { readonly status: 'prepared'; readonly draft: EventDraft }
  /** `stream`: where it would have gone, if that could be told. */
  | { readonly status: 'refused'; readonly refusal: Refusal; readonly stream: string | null }

/**
 * All of an event that can be judged without the record: its type, its form, the caller's right to record it, its time.
 * `latest`: the greatest `occurredAt` that isn't too far ahead.
 */
export function prepareDraft(sent: SentEvent, caller: Caller, latest: string): Prepared {
  const type = eventType(sent.type)
  if (type === undefined)
    return refused(refusal(sent.id, 'InvalidEvent', `There is no event type ${JSON.stringify(sent.type.slice(0, 100))}.`))
  const parsed = parseEvent(sent.type, sent.data, sent.occurredAt)
  const permission = mayRecord(type, caller)
  if (permission.status === 'refused')
    return refused(refusal(sent.id, permission.code, permission.message), streamIn(caller.workspace, parsed))
  const names = nameProblem(sent, caller.workspace)
  if (names !== null) return refused(names, streamIn(caller.workspace, parsed))
  if (parsed.status === 'refused')
    return refused(refusal(sent.id, parsed.code, parsed.message, parsed.path), streamIn(caller.workspace, parsed))
  const { event } = parsed
  const stream = `${caller.workspace}.${event.stream}`
  const correction = correctedType(event.data, sent.type)
  const mayCorrect = correction === null ? permission : mayRecord(correction, caller)
  if (mayCorrect.status === 'refused') return refused(refusal(sent.id, mayCorrect.code, mayCorrect.message), stream)
  if (sent.occurredAt > latest)
    return refused(
      refusal(sent.id, 'OccurredInTheFuture', `It occurred at ${sent.occurredAt}, more than 5 minutes ahead of the server's clock.`),
      stream,
    )
  const foreign = foreignEvent(event, caller.workspace)
  if (foreign !== null) return refused(refusal(sent.id, 'InvalidEvent', `${foreign} names an event of another workspace.`, foreign), stream)
  const clock = clockInstant(event)
  if (clock !== null && clock.instant > latest)
    return refused(
      refusal(
        sent.id,
        'OccurredInTheFuture',
        `${clock.path}: ${clock.instant} is more than 5 minutes ahead of the server's clock, and legal deadlines go by it.`,
        clock.path,
      ),
      stream,
    )
  return {
    status: 'prepared',
    draft: {
      id: sent.id,
      type: event.type,
      version: event.version,
      workspace: caller.workspace,
      stream,
      about: event.about,
      actor: caller.actor,
      occurredAt: sent.occurredAt,
      correlationId: sent.correlationId,
      causationId: sent.causationId,
      data: event.data,
      sealed: event.sealed,
      expectedVersion: sent.expectedVersion,
    },
  }
}

/** Where an event goes, or would have gone as far as that can be told. */
function streamIn(workspace: string, parsed: ParseOutcome): string | null {
  const stream = parsed.status === 'refused' ? parsed.stream : parsed.event.stream
  return stream === null ? null : `${workspace}.${stream}`
}

/** Whoever may record a type may correct it. */
function correctedType(data: Readonly<Record<string, unknown>>, type: string): EventType | null {
  return type === 'EventCorrected' ? (eventType(String(data.type)) ?? null) : null
}

function refused(reason: Refusal, stream: string | null = null): Prepared {
  return { status: 'refused', refusal: reason, stream }
}

function nameProblem({ id, correlationId, causationId }: SentEvent, workspace: string): Refusal | null {
  if (correlationId !== null && !isId(correlationId))
    return refusal(
      id,
      'InvalidEvent',
      'correlationId must be at most 100 lower-case letters, digits and `. _ ~ -`, beginning with a letter or digit.',
    )
  if (causationId === null) return null
  const cause = parseEventReference(causationId)
  if (cause === null) return refusal(id, 'InvalidEvent', 'causationId must be `<workspace>.<stream>/<event id>`.')
  return cause.stream.startsWith(`${workspace}.`) ? null : refusal(id, 'InvalidEvent', 'causationId names an event of another workspace.')
}
