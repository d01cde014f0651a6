import type { Position, RecordedEvent } from '@annal/ledger'
import type { OpenEvents } from '../audit-trail/text-projection.ts'
import { FACT, type Fact, factOf } from './facts.ts'
import { type EventContent, partIn } from './register-event.ts'
import type { Tables } from './register-reader.ts'

/** An event in which people wrote something, with what of it may still be read. */
export interface ToldFact extends Fact {
  readonly told: EventContent
}

interface Asked {
  readonly workspace: string
  readonly things: readonly string[]
  readonly types: readonly string[]
  /** What of their data is read. */
  readonly fields: readonly string[]
}

/** The told events of these things and types. What they tell stands in no view: it is opened when it is asked for. */
export async function toldFacts(tables: Tables, open: OpenEvents, { workspace, things, types, fields }: Asked): Promise<ToldFact[]> {
  if (things.length === 0) return []
  const rows = await tables.query
    .selectFrom('fact')
    .select([...FACT, 'position', 'salt', 'bytes'])
    .where('workspace', '=', workspace)
    .where('thing', 'in', [...things])
    .where('type', 'in', [...types])
    .where('bytes', 'is not', null)
    .execute()
  const stored = rows.flatMap(({ position, salt, bytes, ...row }) =>
    position === null || salt === null || bytes === null ? [] : [{ fact: factOf(row), recorded: recordedEvent(position, salt, bytes) }],
  )
  const opened = open(
    stored.map(({ recorded }) => recorded),
    fields,
  )
  return stored.flatMap(({ fact }, i) => {
    const event = opened[i]
    if (event === undefined) return []
    return [{ ...fact, told: event.envelope.type === 'EventCorrected' ? partIn(event.data, 'data') : event.data }]
  })
}

function recordedEvent(position: string, salt: Uint8Array, bytes: Uint8Array): RecordedEvent {
  const { id, type, stream, streamVersion } = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString())
  return { position: position as Position, id, type, stream, streamVersion, bytes, salt }
}
