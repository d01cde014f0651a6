import type { EventType, ParsedEvent, ParseOutcome } from './event-type.ts'
import { eventTypes } from './event-types.ts'
import { compileReferences } from './schema/compile-references.ts'
import { compileSealing, type Sealing } from './schema/compile-sealing.ts'
import { type ObjectNode, objectTree } from './schema/field-tree.ts'
import { fieldRefusal } from './schema/refusal.ts'
import { withoutNulls } from './schema/without-nulls.ts'

type Values = Readonly<Record<string, unknown>>

const MOST_REFERENCES = 128
const NOTHING: readonly never[] = []

interface Reader {
  readonly type: EventType
  readonly tree: ObjectNode
  readonly references: ((data: Values) => string[]) | undefined
  readonly sealing: Sealing | undefined
}

const readers = new Map<string, Reader>(eventTypes.map((type) => [type.name, readerOf(type)]))

function readerOf(type: EventType): Reader {
  const tree = objectTree(type.schema)
  return { type, tree, references: compileReferences(tree), sealing: compileSealing(tree) }
}

/**
 * Checks an event's data against its type and derives stream, references and sealed paths.
 * `occurredAt` is a normalised instant. What comes back is plain text, digests already under the names they are stored by.
 */
export function parseEvent(type: string, data: unknown, occurredAt: string): ParseOutcome {
  const reader = readers.get(type)
  if (reader === undefined) return refused('', `there is no event type ${JSON.stringify(type.slice(0, 100))}`)
  const first = reader.type.schema.safeParse(data)
  if (first.success) return derived(reader, first.data as Values, occurredAt)
  const denulled = withoutNulls(reader.tree, data)
  const second = denulled === data ? first : reader.type.schema.safeParse(denulled)
  if (second.success) return derived(reader, second.data as Values, occurredAt)
  const { path, message } = fieldRefusal(second.error.issues, denulled)
  return refused(path, message)
}

function derived(reader: Reader, data: Values, occurredAt: string): ParseOutcome {
  const { type, references, sealing } = reader
  const about = references === undefined ? NOTHING : references(data)
  if (about.length > MOST_REFERENCES) {
    return {
      status: 'refused',
      code: 'TooManyReferences',
      path: '',
      message: `${about.length} references, at most ${MOST_REFERENCES} are allowed`,
    }
  }
  const event: ParsedEvent = {
    type: type.name,
    version: type.version,
    stream: `${type.stream}-${type.streamId(data, occurredAt)}`,
    about,
    data: sealing === undefined ? data : sealing.stored(data),
    sealed: sealing === undefined ? NOTHING : sealing.paths(data),
  }
  return { status: 'parsed', event }
}

function refused(path: string, message: string): ParseOutcome {
  return { status: 'refused', code: 'InvalidEvent', path, message: path === '' ? message : `${path}: ${message}` }
}
