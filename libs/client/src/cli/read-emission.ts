import { eventOfInput } from '@annal/domain'
import type { UncheckedEmission } from '../emission.ts'
import { cloudEventId } from './cloud-event-id.ts'

export type EmissionOutcome =
  | { readonly status: 'read'; readonly emission: UncheckedEmission }
  | { readonly status: 'invalid'; readonly message: string }

type Values = Readonly<Record<string, unknown>>

const PREFIX = 'annal.'
/** What an event may say of itself; `refused` stands in the lines of `refused.jsonl`, to be mended and sent again. */
const MEMBERS = new Set(['id', 'type', 'data', 'event', 'occurredAt', 'correlationId', 'causationId', 'refused'])

/**
 * An event in one of three forms: a CloudEvent 1.0 of the type `annal.<EventType>`; `{type, data, id, occurredAt, correlationId,
 * causationId}`; or the same with the GraphQL member `event` in the place of `type` and `data`. Without an id, sending it again would be another
 * event, so it must have one. `workspace`: what ids of CloudEvents are derived from, as Annal does; asked for once one is there.
 */
export async function readEmission(value: unknown, workspace: () => Promise<string>): Promise<EmissionOutcome> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return invalid('expected a JSON object')
  return 'specversion' in value ? readCloudEvent(value, workspace) : readAnnalEvent(value as Values)
}

function readAnnalEvent(values: Values): EmissionOutcome {
  const { id, occurredAt, correlationId, causationId } = values
  const unknown = Object.keys(values).find((name) => !MEMBERS.has(name))
  if (unknown !== undefined) return invalid(`${unknown}: this field is unknown, and would be lost`)
  if (values.event !== undefined && (values.type !== undefined || values.data !== undefined))
    return invalid('event: expected either event, or type and data')
  const event =
    typeof values.type === 'string' ? { status: 'read' as const, type: values.type, data: values.data } : eventOfMember(values.event)
  if (event.status === 'refused') return invalid(event.message)
  if (typeof id !== 'string') return invalid('id: expected a UUID, so that sending it again is the same event')
  if (typeof occurredAt !== 'string') return invalid('occurredAt: expected an RFC 3339 instant')
  return {
    status: 'read',
    emission: {
      type: event.type,
      data: event.data,
      id,
      occurredAt,
      correlationId: textOrNothing(correlationId),
      causationId: textOrNothing(causationId),
    },
  }
}

function eventOfMember(event: unknown): ReturnType<typeof eventOfInput> {
  if (typeof event === 'object' && event !== null && !Array.isArray(event)) return eventOfInput(event as Values)
  return { status: 'refused', message: 'type: expected an event type such as ModelRegistered, or a CloudEvent with specversion' }
}

async function readCloudEvent(attributes: Values, workspace: () => Promise<string>): Promise<EmissionOutcome> {
  const { id, source, type, time, data, correlationid, causationid } = attributes
  const problem = cloudEventProblem(attributes)
  if (problem !== null) return invalid(problem)
  return {
    status: 'read',
    emission: {
      type: String(type).slice(PREFIX.length),
      data,
      id: cloudEventId(await workspace(), String(source), String(id)),
      occurredAt: String(time),
      correlationId: textOrNothing(correlationid),
      causationId: textOrNothing(causationid),
    },
  }
}

function cloudEventProblem({ specversion, id, source, type, time, data_base64, data }: Values): string | null {
  if (specversion !== '1.0') return 'specversion: must be "1.0"'
  if (typeof id !== 'string' || id === '') return 'id: must be a string that is not empty'
  if (typeof source !== 'string' || source === '') return 'source: must be a string that is not empty'
  if (typeof type !== 'string' || !type.startsWith(PREFIX))
    return `type: must be ${PREFIX} and an event type, such as annal.ModelRegistered`
  if (typeof time !== 'string') return 'time: must be there, so that sending it again is the same event'
  if (data_base64 !== undefined || typeof data !== 'object' || data === null) return 'data: must be a JSON object'
  return null
}

function textOrNothing(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value)
}

function invalid(message: string): EmissionOutcome {
  return { status: 'invalid', message }
}
