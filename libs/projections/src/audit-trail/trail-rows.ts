import type { Position, RecordedEvent } from '@annal/ledger'
import type { EventEnvelope } from '@annal/proof'
import type { ViewTables } from '../read-model/read-model.ts'
import type { NumberRange } from '../term-index/chunk-layout.ts'
import type { TrailTables } from './trail-tables.ts'

const AT_ONCE = 500

/** The events with these numbers, in that order. */
export async function readEvents(tables: ViewTables<TrailTables>, numbers: readonly number[]): Promise<RecordedEvent[]> {
  const events = new Map<number, RecordedEvent>()
  for (let i = 0; i < numbers.length; i += AT_ONCE) {
    const rows = await tables.query
      .selectFrom('event')
      .select(['number', 'position', 'salt', 'bytes'])
      .where('number', 'in', numbers.slice(i, i + AT_ONCE))
      .execute()
    for (const { number, position, salt, bytes } of rows) {
      const { id, type, stream, streamVersion } = envelopeIn(bytes)
      events.set(number, { position: position as Position, stream, streamVersion, id, type, bytes, salt })
    }
  }
  return numbers.map((number) => {
    const event = events.get(number)
    if (!event) throw new Error(`expected an event of the trail at ${number}, found none`)
    return event
  })
}

/** The projection took them from a store, which had compared them with what it says of the event. */
function envelopeIn(bytes: Uint8Array): EventEnvelope {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString())
}

export async function positionOfNumber(tables: ViewTables<TrailTables>, number: number): Promise<Position> {
  const { position } = await tables.query.selectFrom('event').select('position').where('number', '=', number).executeTakeFirstOrThrow()
  return position as Position
}

/** What only grows from one event of a workspace to its next. */
export interface Growing {
  readonly at: number
  readonly position: Position
}

/** The first of the numbers from which on `reached` holds, by bisection; one more than the last if it holds for none. */
export async function firstReaching(
  tables: ViewTables<TrailTables>,
  { from, to }: NumberRange,
  reached: (event: Growing) => boolean,
): Promise<number> {
  let low = from
  let high = to + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = await tables.query.selectFrom('event').select(['at', 'position']).where('number', '=', middle).executeTakeFirstOrThrow()
    if (reached({ at: row.at, position: row.position as Position })) high = middle
    else low = middle + 1
  }
  return low
}
