import { eventType } from '../event-types.ts'
import { type RecordedFact, referenceOf } from '../recorded-fact.ts'

/** What an approval of a thing rests on no longer: the event that changed the thing. */
export interface MaterialChange {
  /** Of the thing's stream. */
  readonly streamVersion: number
  readonly occurredAt: string
  /** `<stream>/<event id>` */
  readonly event: string
}

export function materialChange(event: RecordedFact): MaterialChange {
  return { streamVersion: event.streamVersion, occurredAt: event.occurredAt, event: referenceOf(event) }
}

/**
 * The things whose approvals an event ends, as an approval's subject names them: those of its stream, if its type is marked material or
 * it corrects an event of such a type. A version that is registered changes that version and the model as a whole, no other version.
 */
export function thingsChangedBy({ type, data, stream }: Pick<RecordedFact, 'type' | 'data' | 'stream'>): readonly string[] {
  const corrects = type === 'EventCorrected' && typeof data.type === 'string'
  if (eventType(corrects ? String(data.type) : type)?.material !== true) return []
  const thing = thingOfStream(stream)
  const { version } = corrects ? asObject(data.data) : data
  return typeof version === 'string' ? [thing, `${thing}@${version}`] : [thing]
}

/** `model:cs` of `ws_1.model-cs`. */
export function thingOfStream(stream: string): string {
  return stream.slice(stream.indexOf('.') + 1).replace('-', ':')
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
