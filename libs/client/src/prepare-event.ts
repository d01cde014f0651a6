import { eventType, memberName, normaliseInstant, parseEvent, whoMayRecord } from '@annal/domain'
import type { UncheckedEmission } from './emission.ts'
import { uuidV7 } from './uuid-v7.ts'

/** An event as the `append` mutation takes it, ready to be sent and to be kept. */
export interface PreparedEvent {
  readonly status: 'prepared'
  readonly id: string
  /** The JSON of an `EventEnvelopeInput`. */
  readonly envelope: string
}

/** `path`: a JSON Pointer into the emission, such as `/data/value`. */
export interface Problem {
  readonly status: 'invalid'
  readonly code: 'InvalidEvent' | 'TooManyReferences' | 'EventTooLarge'
  readonly path: string
  readonly message: string
}

/** In bytes; Annal takes no larger data of one event. */
const LARGEST_DATA = 256 * 1024
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ID = /^[a-z0-9][a-z0-9._~-]{0,99}$/
const EVENT_REFERENCE = /^[a-z0-9][a-z0-9_]*\.[a-z][a-z0-9]*-[a-z0-9][a-z0-9._~-]*\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Checks an emission with the schemas that Annal itself uses, and gives it an id and an instant where it has none. */
export function prepareEvent(emission: UncheckedEmission, now: number): PreparedEvent | Problem {
  const id = emission.id?.toLowerCase() ?? uuidV7(now)
  const occurredAt = normaliseInstant(instantText(emission.occurredAt ?? new Date(now)))
  const named = nameProblem(emission, id)
  if (named !== null) return named
  if (occurredAt === null) return invalid('/occurredAt', 'expected an RFC 3339 instant such as 2026-03-01T08:00:00.000Z')
  const parsed = parseEvent(emission.type, emission.data, occurredAt)
  if (parsed.status === 'refused') return { status: 'invalid', code: parsed.code, path: `/data${parsed.path}`, message: parsed.message }
  const data = JSON.stringify(emission.data)
  if (!data.isWellFormed() || /\\ud[89a-f]/.test(data))
    return invalid('/data', 'expected well-formed Unicode, found half of a surrogate pair')
  const size = Buffer.byteLength(data)
  if (size > LARGEST_DATA)
    return { status: 'invalid', code: 'EventTooLarge', path: '/data', message: `${size} bytes, at most ${LARGEST_DATA} are allowed` }
  const { correlationId = null, causationId = null } = emission
  const event = inputOf(emission.type, emission.data)
  return { status: 'prepared', id, envelope: JSON.stringify({ id, occurredAt, correlationId, causationId, event }) }
}

function instantText(instant: string | Date): string {
  if (typeof instant === 'string') return instant
  return Number.isNaN(instant.getTime()) ? '' : instant.toISOString()
}

function nameProblem({ type, correlationId, causationId }: UncheckedEmission, id: string): Problem | null {
  const known = eventType(type)
  if (known === undefined) return invalid('/type', `there is no event type ${JSON.stringify(type.slice(0, 100))}`)
  if (!whoMayRecord(type).includes('service'))
    return invalid('/type', `${type} is not recorded by services: people decide it, or Annal itself records it`)
  if (!UUID.test(id)) return invalid('/id', 'expected a UUID')
  if (correlationId !== undefined && !ID.test(correlationId))
    return invalid('/correlationId', 'expected at most 100 lower-case letters, digits and . _ ~ -, beginning with a letter or digit')
  if (causationId !== undefined && !EVENT_REFERENCE.test(causationId))
    return invalid('/causationId', 'expected <workspace>.<stream>/<event id>')
  return null
}

/** The GraphQL `EventInput`: one member, named after the type. A correction holds the corrected event in the same form. */
function inputOf(type: string, data: unknown): Readonly<Record<string, unknown>> {
  const values = data as Readonly<Record<string, unknown>>
  switch (type) {
    case 'EventCorrected': {
      const { type: corrected, data: inner, ...rest } = values
      return { eventCorrected: { ...rest, data: inputOf(String(corrected), inner) } }
    }
    case 'ApprovalRequested': // Stream versions are opaque strings in GraphQL.
      return { approvalRequested: { ...values, subjectVersion: String(values.subjectVersion) } }
    default:
      return { [memberName(type)]: data }
  }
}

function invalid(path: string, message: string): Problem {
  return { status: 'invalid', code: 'InvalidEvent', path, message }
}
