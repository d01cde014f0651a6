import { isEventId } from './ids.ts'
import { parseStream } from './stream.ts'

/** Which event: the full name of its stream and its id. Written `<stream>/<event id>` in causation, corrections, evidence, redaction. */
export interface EventReference {
  readonly stream: string
  readonly id: string
}

/** @throws when `stream` is no stream's name or `id` no lower-case UUID. */
export function formatEventReference({ stream, id }: EventReference): string {
  const text = `${stream}/${id}`
  if (parseEventReference(text) === null) throw new Error(`expected a stream and an event id, found ${JSON.stringify({ stream, id })}`)
  return text
}

/** The parts of an event reference, or null for what `formatEventReference` would not write. */
export function parseEventReference(text: string): EventReference | null {
  const slash = text.indexOf('/')
  const stream = text.slice(0, slash)
  const id = text.slice(slash + 1)
  return slash > 0 && parseStream(stream) !== null && isEventId(id) ? { stream, id } : null
}
