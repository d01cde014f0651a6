import type { RecordedEvent } from '@annal/ledger'
import { type EventEnvelope, parseEventBytes } from '@annal/proof'

export function envelopeOf({ stream, bytes }: RecordedEvent): EventEnvelope {
  const parsed = parseEventBytes(bytes)
  if (parsed.status === 'refused') throw new Error(`expected an event in ${stream}, found ${parsed.reason}`)
  return parsed.envelope
}
