import { decodeUtf8, type EventEnvelope, envelopeProblem, readJson } from '@annal/proof'
import { type RecordedEvent, StoreCorrupt } from '../event-store.ts'
import { decryptField } from './field-cipher.ts'
import { type EventContent, pointerTo, withValuesAt } from './json-pointer.ts'
import type { KeyReader } from './key-store.ts'
import { type SealedValue, sealedValues } from './sealed-shape.ts'
import { StoredFieldKeys } from './stored-field-keys.ts'

export interface OpenedEvent {
  /** As stored, with sealed fields in their sealed form. */
  readonly envelope: EventEnvelope
  /** The envelope's data with encrypted fields in plain text, or `{erased: true}` where the key is gone. Digests stay as they are. */
  readonly data: EventContent
  /** The truth about which fields those are: a sender's data may hold any object. */
  readonly sealed: readonly SealedField[]
}

export interface SealedField {
  /** RFC 6901, into `data`. */
  readonly pointer: string
  readonly how: 'encrypted' | 'digest'
  /** Null: no data subject's, or a digest, beside which it doesn't stand. */
  readonly subject: string | null
  /** Always false for a digest: it can only be compared. */
  readonly readable: boolean
}

/** What stands in `OpenedEvent.data` for a field whose key is gone. */
export const ERASED: { readonly erased: true } = Object.freeze({ erased: true })

/** What stands in `OpenedEvent.data` for a field that whoever reads it may not read. */
export const SEALED: { readonly sealed: true } = Object.freeze({ sealed: true })

/** A stored event as it may leave the house: what is encrypted stays closed, whether or not its key still exists. */
export function concealEvent(recorded: RecordedEvent): OpenedEvent {
  const envelope = storedEnvelope(recorded)
  const values = sealedValues(envelope.data)
  const concealed = new Map<string, unknown>(values.filter(({ how }) => how !== 'digest').map(({ pointer }) => [pointer, SEALED]))
  const sealed = values.map((value): SealedField => {
    const subject = value.how === 'encrypted' ? value.field.sub : null
    return { pointer: value.pointer, how: value.how === 'digest' ? 'digest' : 'encrypted', subject, readable: false }
  })
  return { envelope, data: concealed.size === 0 ? envelope.data : withValuesAt(envelope.data, concealed), sealed }
}

/**
 * A stored event with every field in plain text whose key still exists.
 * @throws StoreCorrupt when the bytes are no event, or a key or ciphertext is not the one that the event was sealed with.
 */
export function openEvent(recorded: RecordedEvent, keys: KeyReader): OpenedEvent {
  keys.noticeDestructions()
  return open(recorded, keys)
}

/**
 * The same for many: keys that are destroyed while it runs may still open some. `fields`: members of the data, or of what a correction says,
 * if nothing else is wanted: all else stays as it is stored, and isn't among `sealed`.
 */
export function openEvents(recorded: readonly RecordedEvent[], keys: KeyReader, fields?: readonly string[]): OpenedEvent[] {
  keys.noticeDestructions()
  const pointers = fields && new Set(fields.flatMap((field) => [pointerTo('', field), pointerTo('/data', field)]))
  return recorded.map((event) => open(event, keys, pointers))
}

function open(recorded: RecordedEvent, keys: KeyReader, wanted?: ReadonlySet<string>): OpenedEvent {
  const envelope = storedEnvelope(recorded)
  const all = sealedValues(envelope.data)
  const values = wanted === undefined ? all : all.filter(({ pointer }) => wanted.has(pointer))
  if (values.length === 0) return { envelope, data: envelope.data, sealed: [] }
  const fieldKeys = new StoredFieldKeys(keys, envelope)
  const opened = new Map<string, unknown>()
  const sealed = values.map((value) => openValue(envelope, value, fieldKeys, opened))
  return { envelope, data: opened.size === 0 ? envelope.data : withValuesAt(envelope.data, opened), sealed }
}

function openValue(envelope: EventEnvelope, value: SealedValue, fieldKeys: StoredFieldKeys, opened: Map<string, unknown>): SealedField {
  const { pointer, how } = value
  switch (how) {
    case 'digest':
      return { pointer, how, subject: null, readable: false }
    case 'malformed':
      throw corrupt(envelope, pointer, 'expected an encrypted field, found a malformed one')
    case 'encrypted': {
      const subject = value.field.sub
      const fieldKey = fieldKeys.find(pointer, subject)
      opened.set(pointer, fieldKey === null ? ERASED : decrypted(envelope, value, fieldKey))
      return { pointer, how, subject, readable: fieldKey !== null }
    }
  }
}

function decrypted(envelope: EventEnvelope, { pointer, field }: SealedValue & { how: 'encrypted' }, fieldKey: Uint8Array): unknown {
  const outcome = decryptField(fieldKey, field)
  if (outcome.status === 'refused') throw corrupt(envelope, pointer, outcome.reason)
  return outcome.value
}

function corrupt({ stream, id }: EventEnvelope, pointer: string, reason: string): StoreCorrupt {
  return new StoreCorrupt(`${stream}/${id}, data${pointer}: ${reason}`)
}

/**
 * The store vouches that its columns equal the bytes, fsck that the bytes are canonical: here they are only read.
 * @throws StoreCorrupt when the bytes are no event.
 */
export function storedEnvelope({ stream, id, bytes }: RecordedEvent): EventEnvelope {
  const decoded = decodeUtf8(bytes)
  const value = decoded.status === 'decoded' ? jsonOf(decoded.text) : undefined
  if (isEnvelope(value)) return value
  throw new StoreCorrupt(`${stream}/${id}: expected event bytes, found another ${envelopeProblem(value)}`)
}

function jsonOf(text: string): unknown {
  try {
    return readJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isEnvelope(value: unknown): value is EventEnvelope {
  return envelopeProblem(value) === null
}
