import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts'
import { canonicalText } from '../json/canonical-text.ts'
import { parseJsonText } from '../json/parse-json.ts'
import { type EventEnvelope, envelopeProblem } from './event-envelope.ts'

/**
 * The RFC 8785 bytes of an envelope: what is stored, hashed and disclosed.
 * @throws when the envelope is not one (the first wrong member is named), NotJson when its data isn't JSON.
 */
export function eventBytes(envelope: EventEnvelope): Uint8Array {
  const problem = envelopeProblem(envelope)
  if (problem !== null) throw new Error(`expected an event, found another ${problem}: ${JSON.stringify(envelope)}`)
  return encodeUtf8(eventText(envelope))
}

export type ParsedEventBytes =
  | { readonly status: 'parsed'; readonly envelope: EventEnvelope }
  /** `reason`: what was expected and what was found, for people. */
  | { readonly status: 'refused'; readonly reason: string }

/** The envelope that these bytes are of. Bytes that `eventBytes` would not write are refused, whatever they mean as JSON. */
export function parseEventBytes(bytes: Uint8Array): ParsedEventBytes {
  const decoded = decodeUtf8(bytes)
  if (decoded.status === 'refused') return refused(`expected UTF-8, found other bytes at ${decoded.at}`)
  const parsed = parseJsonText(decoded.text)
  if (parsed.status === 'refused') return refused(`expected strict JSON, found ${parsed.problem} at ${parsed.at}`)
  if (!isEnvelope(parsed.value)) return refused(`expected an event, found another ${envelopeProblem(parsed.value)}`)
  if (eventText(parsed.value) !== decoded.text) return refused('expected RFC 8785 canonical JSON, found another form of it')
  return { status: 'parsed', envelope: parsed.value }
}

function isEnvelope(value: unknown): value is EventEnvelope {
  return envelopeProblem(value) === null
}

/**
 * The members stand here in JCS order. All strings but those in `data` are of shapes that JSON writes as they are (ASCII without
 * quote, backslash or control character), so only `data` is written member by member.
 */
function eventText(envelope: EventEnvelope): string {
  const { about, actor, id, occurredAt, recordedAt, stream, streamVersion, type, version, workspace } = envelope
  return (
    `{"about":[${about.length === 0 ? '' : `"${about.join('","')}"`}],"actor":{"id":"${actor.id}","kind":"${actor.kind}"}` +
    `,"causationId":${quotedOrNull(envelope.causationId)},"correlationId":${quotedOrNull(envelope.correlationId)}` +
    `,"data":${canonicalText(1, envelope.data)},"id":"${id}","occurredAt":"${occurredAt}","recordedAt":"${recordedAt}"` +
    `,"stream":"${stream}","streamVersion":${streamVersion},"type":"${type}","v":1,"version":${version},"workspace":"${workspace}"}`
  )
}

function quotedOrNull(text: string | null): string {
  return text === null ? 'null' : `"${text}"`
}

function refused(reason: string): ParsedEventBytes {
  return { status: 'refused', reason }
}
