import { canonicalBytes, isJsonObject, type JsonObject, parseHex, parseJson, parseStream, SALT_LENGTH, toHex } from '@annal/proof'
import { type NewEvent, type RecordedEvent, StoreCorrupt } from '../event-store.ts'
import { positionText } from './log-position.ts'
import type { ServerEvent } from './server-event.ts'

/** The metadata beside the envelope: the salt, and what EventStoreDB's own tools follow from event to event. */
export function storedMetadata({ salt, correlationId, causationId }: NewEvent): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      salt: toHex(salt),
      ...(correlationId === null ? {} : { $correlationId: correlationId }),
      ...(causationId === null ? {} : { $causationId: causationId }),
    }),
  )
}

/** The names of Annal's streams begin so: those of workspaces, and those of the system's log. */
export const STREAM_PREFIXES: readonly string[] = ['ws_', 'system.']

/** The server's own events, links, and the streams of other applications on the same server: never Annal's. */
export function isForeign({ type, streamId }: Pick<ServerEvent, 'type' | 'streamId'>): boolean {
  return type.startsWith('$') || !STREAM_PREFIXES.some((prefix) => streamId.startsWith(prefix)) || parseStream(streamId) === null
}

/**
 * The event as Annal stored it: bytes are the JCS of the envelope that was read back.
 * @throws StoreCorrupt when the server's own id, type, stream or revision differ from the envelope's, or it is no envelope at all.
 */
export function recordedEvent(event: ServerEvent): RecordedEvent {
  const { streamId: stream, revision: streamVersion, id, type } = event
  const envelope = event.isJson ? jsonObject(event.data) : null
  if (envelope === null) throw corrupt(event, 'an envelope in JSON', 'other bytes')
  const problem = Object.entries({ id, type, stream, streamVersion }).find(([member, value]) => envelope[member] !== value)
  if (problem) throw corrupt(event, `${problem[0]} ${JSON.stringify(problem[1])}`, JSON.stringify(envelope[problem[0]]) ?? 'nothing')
  const position = positionText(event.position)
  return { position, stream, streamVersion, id, type, bytes: canonicalBytes(envelope), salt: saltOf(event) }
}

function saltOf(event: ServerEvent): Uint8Array {
  const text = jsonObject(event.metadata)?.['salt']
  const salt = typeof text === 'string' ? parseHex(text) : null
  if (salt?.length !== SALT_LENGTH) throw corrupt(event, `a salt of ${SALT_LENGTH} bytes in the metadata`, 'none')
  return salt
}

function jsonObject(bytes: Uint8Array): JsonObject | null {
  const parsed = parseJson(bytes)
  return parsed.status === 'parsed' && isJsonObject(parsed.value) ? parsed.value : null
}

function corrupt({ streamId, revision }: ServerEvent, expected: string, found: string): StoreCorrupt {
  return new StoreCorrupt(`${streamId}@${revision}: expected ${expected}, found ${found}`)
}
