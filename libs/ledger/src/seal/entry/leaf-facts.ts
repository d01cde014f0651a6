import { type RecordedEvent, StoreCorrupt } from '../../event-store.ts'

/** What of an event's content its entry needs. */
export interface LeafFacts {
  readonly recordedAt: string
  readonly about: readonly string[]
}

const ABOUT = Buffer.from('{"about":[')
const RECORDED_AT = Buffer.from('"recordedAt":"')
const INSTANT = 24
const BRACKET = 93

/**
 * Reads them out of the bytes without parsing. In canonical bytes `about` is the first member and holds references, which have no
 * bracket; and what stands behind `recordedAt` are names and numbers, so the last `"recordedAt":"` is the envelope's own, whatever the
 * data holds.
 * @throws StoreCorrupt when they don't stand there.
 */
export function leafFacts({ bytes, stream, streamVersion }: Pick<RecordedEvent, 'bytes' | 'stream' | 'streamVersion'>): LeafFacts {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = text.indexOf(BRACKET, ABOUT.length)
  const at = text.lastIndexOf(RECORDED_AT)
  if (!text.subarray(0, ABOUT.length).equals(ABOUT) || end < 0 || at < 0)
    throw new StoreCorrupt(`${stream}@${streamVersion}: expected the canonical bytes of an event, found others`)
  const from = at + RECORDED_AT.length
  return { recordedAt: text.toString('latin1', from, from + INSTANT), about: references(text, end) }
}

function references(text: Buffer, end: number): readonly string[] {
  if (end === ABOUT.length) return []
  return text.toString('latin1', ABOUT.length + 1, end - 1).split('","')
}
