import { type EventEnvelope, type FieldDisclosure, parseHex } from '@annal/proof'
import { StoreCorrupt } from '../event-store.ts'
import { decryptField } from './field-cipher.ts'
import { type EventContent, withValuesAt } from './json-pointer.ts'
import { ERASED, SEALED } from './open-event.ts'
import { type SealedValue, sealedValues } from './sealed-shape.ts'

/**
 * An event's data as somebody reads it who was given these field keys and no key store: `{erased: true}` where an erasure is named in
 * place of a key, `{sealed: true}` where nothing is. Digests stay as they are.
 * @throws StoreCorrupt when a key is not the field's.
 */
export function openDisclosed(envelope: EventEnvelope, keys: Readonly<Record<string, FieldDisclosure>>): EventContent {
  const opened = sealedValues(envelope.data)
    .filter(({ how }) => how !== 'digest')
    .map((value): [string, unknown] => [value.pointer, opening(envelope, value, keys[value.pointer])])
  return opened.length === 0 ? envelope.data : withValuesAt(envelope.data, new Map(opened))
}

function opening({ stream, id }: EventEnvelope, value: SealedValue, disclosed: FieldDisclosure | undefined): unknown {
  if (disclosed === undefined || value.how !== 'encrypted') return SEALED
  const key = typeof disclosed === 'string' ? parseHex(disclosed) : null
  if (key === null) return ERASED
  const outcome = decryptField(key, value.field)
  if (outcome.status === 'refused') throw new StoreCorrupt(`${stream}/${id}, data${value.pointer}: ${outcome.reason}`)
  return outcome.value
}
