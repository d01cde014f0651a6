import { type CausedEvent, parseEvent } from '@annal/domain'
import { type EventDraft, nodeDigests } from '@annal/ledger'
import { derivedId } from '@annal/proof'
import { SERVER } from '../identity/record-access.ts'

/** What follow-ups of one step have in common. */
export interface FollowUpOrigin {
  readonly rule: string
  readonly workspace: string
  /** The reference of the event that caused them; [thing, due instant] for what time alone caused. */
  readonly cause: string | readonly [thing: string, due: string]
  readonly correlationId: string | null
}

/**
 * Drafts of what a rule made of one cause. Ids come from rule, cause, target stream and ordinal, and the content from cause and state:
 * made again, they are the same events.
 * @throws when a follow-up isn't what its type asks for: that is a mistake of the rule.
 */
export function followUpDrafts(followUps: readonly CausedEvent[], origin: FollowUpOrigin): EventDraft[] {
  const ordinals = new Map<string, number>()
  return followUps.map((followUp) => {
    const parsed = parseEvent(followUp.type, followUp.data, followUp.occurredAt)
    if (parsed.status === 'refused')
      throw new Error(`expected the follow-up ${followUp.type} of ${origin.rule} to be well-formed, found ${parsed.message}`)
    const { event } = parsed
    const stream = `${origin.workspace}.${event.stream}`
    const ordinal = ordinals.get(stream) ?? 0
    ordinals.set(stream, ordinal + 1)
    const { rule, workspace, cause, correlationId } = origin
    return {
      id: derivedId('annal/react/v1', [workspace, rule, typeof cause === 'string' ? cause : [...cause], stream, ordinal], nodeDigests),
      type: event.type,
      version: event.version,
      workspace,
      stream,
      about: event.about,
      actor: SERVER,
      occurredAt: followUp.occurredAt,
      correlationId,
      causationId: followUp.causationId,
      data: event.data,
      sealed: event.sealed,
      expectedVersion: null,
    }
  })
}
