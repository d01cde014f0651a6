import { nodeDigests } from '@annal/ledger'
import { derivedId, normaliseInstant } from '@annal/proof'
import { CloudEvent, ValidationError } from 'cloudevents'
import type { SentEvent } from '../append/sent-event.ts'

/** The attributes and data of a CloudEvent, as JSON or headers carried them. */
export type Attributes = Readonly<Record<string, unknown>>

export type CloudEventOutcome =
  | { readonly status: 'read'; readonly event: SentEvent; readonly hasTime: boolean }
  | { readonly status: 'refused'; readonly message: string }

const PREFIX = 'annal.'

/**
 * A CloudEvent 1.0 whose `type` is `annal.<EventType>` and whose `data` is that type's data. The event's id is derived from workspace,
 * source and id, so that the same CloudEvent is one event however often it arrives. The extensions `correlationid` and `causationid`
 * are recorded; other extensions are for the transport and aren't.
 * @param now stands for a missing `time`.
 */
export function readCloudEvent(attributes: Attributes, workspace: string, now: string): CloudEventOutcome {
  const problem = attributeProblem(attributes)
  if (problem !== null) return { status: 'refused', message: problem }
  const { id, source, type, time, data, correlationid = null, causationid = null } = attributes
  const occurredAt = normaliseInstant(typeof time === 'string' ? time : now)
  if (occurredAt.status === 'refused') return { status: 'refused', message: `time: ${occurredAt.problem}` }
  const event: SentEvent = {
    id: derivedId('annal/ce/v1', [workspace, String(source), String(id)], nodeDigests),
    type: String(type).slice(PREFIX.length),
    data,
    occurredAt: occurredAt.instant,
    correlationId: textOrNull(correlationid),
    causationId: textOrNull(causationid),
    expectedVersion: null,
  }
  return { status: 'read', event, hasTime: time !== undefined }
}

/** The library's own check lets a missing id, another specversion and extensions that are objects through. */
function attributeProblem(attributes: Attributes): string | null {
  const { id, specversion, type, data, data_base64, datacontenttype, time, ...others } = attributes
  if (specversion !== '1.0') return 'specversion: must be "1.0"'
  if (typeof id !== 'string' || id === '') return 'id: must be a string that is not empty'
  if (typeof type !== 'string' || !type.startsWith(PREFIX))
    return `type: must be ${PREFIX} and an event type, such as annal.ModelRegistered`
  if (data_base64 !== undefined) return 'data_base64: data must be a JSON object'
  if (!isJsonType(datacontenttype)) return 'datacontenttype: must be application/json'
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return 'data: must be a JSON object'
  if (time !== undefined && typeof time !== 'string') return 'time: must be an RFC 3339 date-time'
  return typeProblem({ id, ...others }) ?? libraryProblem(attributes)
}

/** CloudEvents 1.0.2, Type System: Boolean, Integer and String. */
function typeProblem(attributes: Attributes): string | null {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'object') return `${name}: an attribute must be a string, a number or a boolean`
    if (typeof value === 'number' && (value | 0) !== value) return `${name}: a number must be an integer of 32 bits`
    if (typeof value === 'string' && NO_TEXT.test(value)) return `${name}: must be without control characters and noncharacters`
  }
  return null
}

const NO_TEXT = /[\p{Cc}\p{Noncharacter_Code_Point}]/u

function isJsonType(type: unknown): boolean {
  return type === undefined || (typeof type === 'string' && /^application\/(json|[a-z0-9.-]+\+json)\s*(;|$)/i.test(type))
}

/** Sources that are no URI references, names of extensions, dates. */
function libraryProblem({ data: _data, ...attributes }: Attributes): string | null {
  try {
    new CloudEvent(attributes, true)
    return null
  } catch (error) {
    if (error instanceof ValidationError) return attributeNamed(error) ?? firstLine(error)
    if (error instanceof TypeError) return firstLine(error)
    throw error
  }
}

interface SchemaError {
  readonly instancePath?: string
  readonly params?: { readonly missingProperty?: string }
  readonly message?: string
}

/** Which attribute the library's schema refused, and why. */
function attributeNamed({ errors }: ValidationError): string | null {
  const [first] = (errors ?? []) as readonly SchemaError[]
  const attribute = first?.instancePath?.slice(1) || first?.params?.missingProperty
  return attribute === undefined ? null : `${attribute}: ${first?.message}`
}

function firstLine({ message }: Error): string {
  return message.split('\n').at(0)?.trim() ?? 'not a CloudEvent'
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : String(value)
}
