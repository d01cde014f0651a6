import { isCorrectable } from './correction/is-correctable.ts'
import { streamOfReference } from './correction/stream-of-reference.ts'
import type { EventType, ParsedEvent, ParseOutcome } from './event-type.ts'
import { eventType } from './event-types.ts'
import { perType } from './per-type.ts'
import { compileReferences } from './schema/compile-references.ts'
import { compileSealing, type Sealing } from './schema/compile-sealing.ts'
import { type ObjectNode, objectTree } from './schema/field-tree.ts'
import { fieldRefusal } from './schema/refusal.ts'
import { withoutNulls } from './schema/without-nulls.ts'
import { streamOfRefused } from './stream-of-refused.ts'

type Values = Readonly<Record<string, unknown>>
type Parsed = Extract<ParseOutcome, { status: 'parsed' }>

const MOST_REFERENCES = 128
const NOTHING: readonly never[] = []

interface Reader {
  readonly type: EventType
  readonly schema: EventType['schema']
  readonly tree: ObjectNode
  readonly references: ((data: Values) => string[]) | undefined
  readonly sealing: Sealing | undefined
}

const readerOf = perType((type): Reader => {
  const { schema } = type
  const tree = objectTree(schema)
  return { type, schema, tree, references: compileReferences(tree), sealing: compileSealing(tree) }
})

/**
 * Checks an event's data against its type and derives stream, references and sealed paths.
 * `occurredAt` is a normalised instant. What comes back is plain text, digests already under the names they are stored by.
 */
export function parseEvent(type: string, data: unknown, occurredAt: string): ParseOutcome {
  const reader = readerOf(type)
  if (reader === undefined) return refused('', `there is no event type ${JSON.stringify(type.slice(0, 100))}`, null)
  const first = reader.schema.safeParse(data)
  if (first.success) return derived(reader, first.data as Values, occurredAt)
  const denulled = withoutNulls(reader.tree, data)
  const second = denulled === data ? first : reader.schema.safeParse(denulled)
  if (second.success) return derived(reader, second.data as Values, occurredAt)
  const { issues } = second.error
  const { path, message } = fieldRefusal(issues, denulled)
  const paths = issues.map((issue) => issue.path)
  return refused(path, message, streamOfRefused(reader.type, denulled, occurredAt, paths))
}

function derived(reader: Reader, data: Values, occurredAt: string): ParseOutcome {
  const { type, references, sealing } = reader
  if (type.stream === 'any') return correction(type, data)
  const stream = `${type.stream}-${type.streamId(data, occurredAt)}`
  const about = references === undefined ? NOTHING : references(data)
  if (about.length > MOST_REFERENCES) {
    return {
      status: 'refused',
      code: 'TooManyReferences',
      path: '',
      message: `${about.length} references, at most ${MOST_REFERENCES} are allowed`,
      stream,
    }
  }
  const event: ParsedEvent = {
    type: type.name,
    version: type.version,
    stream,
    about,
    data: sealing === undefined ? data : sealing.stored(data),
    sealed: sealing === undefined ? NOTHING : sealing.paths(data),
  }
  return { status: 'parsed', event }
}

/** A correction is read like the event that it puts right, one level deeper, and goes to that event's stream. */
function correction(type: EventType, data: Values): ParseOutcome {
  const stream = streamOfReference(String(data.event))
  const corrected = eventType(String(data.type))
  if (corrected === undefined) return refused('/type', 'there is no such event type', stream)
  if (!isCorrectable(corrected)) return refused('/type', `${corrected.name} can't be corrected, only followed by another event`, stream)
  const inner = parseEvent(corrected.name, data.data, dayOf(stream))
  if (inner.status === 'refused')
    return {
      ...inner,
      path: `/data${inner.path}`,
      message: inner.path === '' ? `/data: ${inner.message}` : `/data${inner.message}`,
      stream,
    }
  if (inner.event.stream !== stream)
    return refused('/data', `this belongs to the stream ${inner.event.stream}, the event to ${stream}`, stream)
  return { status: 'parsed', event: correctionOf(type, data, inner) }
}

function correctionOf(type: EventType, data: Values, { event: inner }: Parsed): ParsedEvent {
  const subject = inner.sealed.find((path) => path.subject !== null)?.subject ?? null
  return {
    type: type.name,
    version: type.version,
    stream: inner.stream,
    about: inner.about,
    data: { ...data, data: inner.data },
    sealed: [
      ...inner.sealed.map((path) => ({ ...path, pointer: `/data${path.pointer}` })),
      { pointer: '/reason', how: 'encrypted', subject },
    ],
  }
}

/** Streams of decisions carry the day on which the decision occurred; no other stream depends on an instant. */
function dayOf(stream: string): string {
  const [day = '1970-01-01'] = /(?<=~)\d{4}-\d\d-\d\d(?=~[0-9a-f]$)/.exec(stream) ?? []
  return `${day}T00:00:00.000Z`
}

function refused(path: string, message: string, stream: string | null): ParseOutcome {
  return { status: 'refused', code: 'InvalidEvent', path, message: path === '' ? message : `${path}: ${message}`, stream }
}
