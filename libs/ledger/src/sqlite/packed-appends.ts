import type { Append, EventRow } from './event-writer.ts'

/**
 * A group of appends on its way to another thread: salts and bytes of all events lie one behind the other in memory that changes hands,
 * because copying an object and two buffers for each event costs more than writing it.
 */
export interface PackedAppends {
  readonly appends: readonly PackedAppend[]
  /** For each event its salt, then its bytes. */
  readonly content: Uint8Array<ArrayBuffer>
}

interface PackedAppend {
  readonly stream: string
  readonly expectedVersion: number
  /** Of each event, as all that follows. */
  readonly ids: readonly string[]
  readonly types: readonly string[]
  readonly saltLengths: readonly number[]
  readonly lengths: readonly number[]
}

export function packAppends(group: readonly Append[]): PackedAppends {
  let size = 0
  for (const { events } of group) for (const { salt, bytes } of events) size += salt.length + bytes.length
  const content = new Uint8Array(size)
  let at = 0
  const appends = group.map(({ stream, expectedVersion, events }): PackedAppend => {
    for (const { salt, bytes } of events) {
      content.set(salt, at)
      content.set(bytes, at + salt.length)
      at += salt.length + bytes.length
    }
    return {
      stream,
      expectedVersion,
      ids: events.map(({ id }) => id),
      types: events.map(({ type }) => type),
      saltLengths: events.map(({ salt }) => salt.length),
      lengths: events.map(({ bytes }) => bytes.length),
    }
  })
  return { appends, content }
}

export function unpackAppends({ appends, content }: PackedAppends): Append[] {
  let at = 0
  const take = (length = 0) => {
    at += length
    return content.subarray(at - length, at)
  }
  return appends.map(({ stream, expectedVersion, ids, types, saltLengths, lengths }) => {
    const events = ids.map(
      (id, i): EventRow => ({
        id,
        type: types[i] ?? '',
        streamVersion: expectedVersion + 1 + i,
        salt: take(saltLengths[i]),
        bytes: take(lengths[i]),
      }),
    )
    return { stream, expectedVersion, events }
  })
}
