import { canonicalBytes, parseHex, SALT_LENGTH, toHex } from '@annal/proof'
import type { RecordedEvent as ServerEvent } from '@eventstore/db-client'
import { type NewEvent, type Position, type RecordedEvent, StoreCorrupt } from '../event-store.ts'
import { positionText } from './log-position.ts'

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
  return type.startsWith('$') || !STREAM_PREFIXES.some((prefix) => streamId.startsWith(prefix))
}

/**
 * The event as Annal stored it: bytes are the JCS of the envelope that was read back.
 * @throws StoreCorrupt when the server's own id, type, stream or revision differ from the envelope's, or it is no envelope at all.
 */
export function recordedEvent(event: ServerEvent): RecordedEvent {
  const streamVersion = Number(event.revision)
  const { streamId: stream, id, type, data } = event
  if (!event.isJson || !isObject(data)) throw corrupt(event, 'an envelope in JSON', typeof data)
  const problem = Object.entries({ id, type, stream, streamVersion }).find(([member, value]) => data[member] !== value)
  if (problem) throw corrupt(event, `${problem[0]} ${JSON.stringify(problem[1])}`, JSON.stringify(data[problem[0]]) ?? 'nothing')
  return { position: positionOf(event), stream, streamVersion, id, type, bytes: canonicalBytes(data), salt: saltOf(event) }
}

function positionOf(event: ServerEvent): Position {
  if (!event.position) throw corrupt(event, 'a position', 'none')
  return positionText(event.position)
}

function saltOf(event: ServerEvent): Uint8Array {
  const salt = isObject(event.metadata) && typeof event.metadata['salt'] === 'string' ? parseHex(event.metadata['salt']) : null
  if (salt?.length !== SALT_LENGTH) throw corrupt(event, `a salt of ${SALT_LENGTH} bytes in the metadata`, 'none')
  return salt
}

function corrupt({ streamId, revision }: ServerEvent, expected: string, found: string): StoreCorrupt {
  return new StoreCorrupt(`${streamId}@${revision}: expected ${expected}, found ${found}`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}
