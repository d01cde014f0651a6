import type { RecordedEvent } from './event-store.ts'

/** What a store keeps of an event outside its bytes, and must equal what stands in them. */
export type EventColumns = Pick<RecordedEvent, 'id' | 'stream' | 'streamVersion' | 'type'>

const AFTER_DATA = `,"id":"`
const INSTANT = 24
const UUID = 36

/**
 * What differs between the columns and the bytes, or null. Event bytes are canonical, so all members behind `data` stand at the end of
 * the text in a known order, and no content of `data` can look like them: inside a string the quotes would be escaped, inside an object
 * one more brace would follow. That makes the check a comparison of the text's end, without parsing.
 */
export function tailProblem(bytes: Uint8Array, { id, stream, streamVersion, type }: EventColumns): string | null {
  const end = `,"workspace":"${stream.slice(0, stream.indexOf('.'))}"}`
  const names = `","stream":"${stream}","streamVersion":${streamVersion},"type":"${type}","v":1,"version":`
  const times = INSTANT * 2 + `","occurredAt":"","recordedAt":"`.length
  const tail = textOf(bytes, end.length + 16 + names.length + times + UUID + AFTER_DATA.length)
  if (!tail.endsWith(end)) return `expected the bytes to end with ${end}, found ${tail.slice(-end.length)}`
  const versionAt = beforeDigits(tail, tail.length - end.length)
  const namesAt = versionAt - names.length
  if (namesAt < 0 || !tail.startsWith(names, namesAt))
    return `expected ${names} in the bytes, found ${tail.slice(Math.max(0, namesAt), versionAt)}`
  const idAt = namesAt - times - UUID
  if (idAt < AFTER_DATA.length || !tail.startsWith(`${AFTER_DATA}${id}","occurredAt":"`, idAt - AFTER_DATA.length)) {
    return `expected the id ${id} in the bytes, found ${tail.slice(Math.max(0, idAt), Math.max(0, idAt + UUID))}`
  }
  return null
}

function textOf(bytes: Uint8Array, length: number): string {
  const from = Math.max(0, bytes.length - length)
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.length - from).toString('latin1')
}

/** Where the digits that end at `end` begin. */
function beforeDigits(text: string, end: number): number {
  let at = end
  while (at > 0 && isDigit(text.charCodeAt(at - 1))) at--
  return at
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
