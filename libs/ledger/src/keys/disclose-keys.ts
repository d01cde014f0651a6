import { type EventEnvelope, toHex } from '@annal/proof'
import type { KeyReader } from './key-store.ts'
import { sealedValues } from './sealed-shape.ts'
import { StoredFieldKeys } from './stored-field-keys.ts'

/** A sealed field of a stored event and its key in hex; null: the key was destroyed. */
export interface FieldKeyDisclosure {
  /** RFC 6901, into `data`. */
  readonly pointer: string
  readonly subject: string | null
  readonly key: string | null
}

/**
 * The field keys of a stored event, which open these fields and no others: what a pack hands out. Event, block and subject keys never
 * leave the key store. Call `keys.noticeDestructions()` before each batch.
 * @param subject the data subject that the event's sealed fields belong to, or null; beside a digest it doesn't stand.
 */
export function discloseFieldKeys(envelope: EventEnvelope, subject: string | null, keys: KeyReader): FieldKeyDisclosure[] {
  const values = sealedValues(envelope.data)
  if (values.length === 0) return []
  const fieldKeys = new StoredFieldKeys(keys, envelope)
  return values.map((value) => {
    if (value.how === 'malformed') throw new Error(`expected sealed fields in ${envelope.stream}/${envelope.id}, found a malformed one`)
    const owner = value.how === 'encrypted' ? value.field.sub : subject
    const key = fieldKeys.find(value.pointer, owner)
    return { pointer: value.pointer, subject: owner, key: key === null ? null : toHex(key) }
  })
}
