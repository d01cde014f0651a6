import { type RecordedEvent, StoreCorrupt } from '@annal/ledger'
import type { EventEnvelope } from '@annal/proof'

/** What the trail needs of an envelope. Instants are milliseconds since 1970. */
export interface TrailFacts extends Pick<EventEnvelope, 'about' | 'actor' | 'correlationId'> {
  readonly occurredAt: number
  readonly recordedAt: number
}

const DATA = ',"data":'
const OCCURRED_AT = '"occurredAt":"'
const RECORDED_AT = '"recordedAt":"'
const INSTANT = 24

/**
 * Reads them without parsing the data. Event bytes are canonical: about, actor, causationId and correlationId stand before data, names
 * and times behind it, and the grammar of what stands there lets none of it look like a member's name. All of that is ASCII.
 */
export function trailFacts({ bytes, position }: RecordedEvent): TrailFacts {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const data = text.indexOf(DATA)
  const occurredAt = instantAt(text, OCCURRED_AT)
  const recordedAt = instantAt(text, RECORDED_AT)
  if (data < 0 || Number.isNaN(occurredAt + recordedAt))
    throw new StoreCorrupt(`expected an envelope at ${position}, found ${text.slice(0, 100)}`)
  return { ...JSON.parse(`${text.slice(0, data)}}`), occurredAt, recordedAt }
}

function instantAt(text: string, member: string): number {
  const at = text.lastIndexOf(member) + member.length
  return Date.parse(text.slice(at, at + INSTANT))
}
