import { type FollowUp, parseEvent } from '@annal/domain'
import { type EventDraft, nodeDigests } from '@annal/ledger'
import { derivedId, formatEventReference } from '@annal/proof'
import { SERVER } from '../identity/record-access.ts'

/** What follows from an accepted event, as drafts for the same stream. Their ids come from their cause: the same cause never has them twice. */
export function followUpDrafts(cause: EventDraft, followUps: readonly FollowUp[], at: string): EventDraft[] {
  const reference = formatEventReference(cause)
  return followUps.map(({ type, data }, ordinal) => {
    const parsed = parseEvent(type, data, at)
    if (parsed.status === 'refused')
      throw new Error(`expected the follow-up ${type} of ${cause.type} to be well-formed, found ${parsed.message}`)
    const { event } = parsed
    const stream = `${cause.workspace}.${event.stream}`
    if (stream !== cause.stream) throw new Error(`expected the follow-up ${type} in ${cause.stream}, found ${stream}`)
    return {
      id: derivedId('annal/react/v1', [cause.workspace, `decide/${cause.type}`, reference, stream, ordinal], nodeDigests),
      type: event.type,
      version: event.version,
      workspace: cause.workspace,
      stream,
      about: event.about,
      actor: SERVER,
      occurredAt: at,
      correlationId: cause.correlationId,
      causationId: reference,
      data: event.data,
      sealed: event.sealed,
      expectedVersion: null,
    }
  })
}
