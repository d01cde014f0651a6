import { isCount } from '../json/count.ts'
import { hasExactly, isJsonObject } from '../json/json-value.ts'
import { parseEventReference } from '../names/event-reference.ts'
import { isEventId, isId } from '../names/ids.ts'
import { isReference } from '../names/reference.ts'
import { parseStream } from '../names/stream.ts'
import { isInstant } from '../time/instant.ts'

/** A recorded event, all of it but the salt. Its RFC 8785 bytes are what is committed to. */
export interface EventEnvelope {
  /** Version of the record's format. */
  readonly v: 1
  /** A UUID, unique in its stream. */
  readonly id: string
  /** The event type's name, in PascalCase. */
  readonly type: string
  /** The event type's version, from 1. */
  readonly version: number
  readonly workspace: string
  /** `<workspace>.<type>-<id>` */
  readonly stream: string
  /** 0-based, without gaps. */
  readonly streamVersion: number
  /** References, sorted, none twice, at most 128: what the completeness of a thing's history is proven by. */
  readonly about: readonly string[]
  readonly actor: { readonly kind: 'person' | 'service'; readonly id: string }
  /** The sender's claim. */
  readonly occurredAt: string
  /** The server's: never before that of the stream's last event. */
  readonly recordedAt: string
  /** A sender's id, or null. */
  readonly correlationId: string | null
  /** The event that led to this one (`<stream>/<event id>`), or null. */
  readonly causationId: string | null
  /** The event type's fields, with sealed ones in their sealed form. */
  readonly data: Readonly<Record<string, unknown>>
}

export const MAX_REFERENCES = 128

const MEMBERS = [
  'v',
  'id',
  'type',
  'version',
  'workspace',
  'stream',
  'streamVersion',
  'about',
  'actor',
  'occurredAt',
  'recordedAt',
  'correlationId',
  'causationId',
  'data',
]
const EVENT_TYPE = /^[A-Z][A-Za-z0-9]{0,99}$/

/**
 * The first member that keeps `value` from being an envelope, or null. `data` is only known to be an object: that it is JSON shows
 * when it is written.
 */
export function envelopeProblem(value: unknown): string | null {
  if (!hasExactly(value, MEMBERS)) return 'members'
  if (value.v !== 1) return 'v'
  return namesProblem(value) ?? timesProblem(value) ?? contentProblem(value)
}

function namesProblem(value: Readonly<Record<string, unknown>>): string | null {
  if (!isEventId(value.id)) return 'id'
  if (typeof value.type !== 'string' || !EVENT_TYPE.test(value.type)) return 'type'
  if (!isCount(value.version, 1)) return 'version'
  const stream = typeof value.stream === 'string' ? parseStream(value.stream) : null
  if (stream === null) return 'stream'
  if (value.workspace !== stream.workspace) return 'workspace'
  return isCount(value.streamVersion, 0) ? null : 'streamVersion'
}

function timesProblem(value: Readonly<Record<string, unknown>>): string | null {
  if (!isInstant(value.occurredAt)) return 'occurredAt'
  return isInstant(value.recordedAt) ? null : 'recordedAt'
}

function contentProblem(value: Readonly<Record<string, unknown>>): string | null {
  if (!isAbout(value.about)) return 'about'
  if (!isActor(value.actor)) return 'actor'
  if (value.correlationId !== null && !isId(value.correlationId)) return 'correlationId'
  if (value.causationId !== null && !isEventReference(value.causationId)) return 'causationId'
  return isJsonObject(value.data) ? null : 'data'
}

function isAbout(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > MAX_REFERENCES) return false
  let before = ''
  for (const reference of value) {
    if (!isReference(reference) || reference <= before) return false
    before = reference
  }
  return true
}

function isActor(value: unknown): boolean {
  return hasExactly(value, ['kind', 'id']) && (value.kind === 'person' || value.kind === 'service') && isId(value.id)
}

function isEventReference(value: unknown): boolean {
  return typeof value === 'string' && parseEventReference(value) !== null
}
