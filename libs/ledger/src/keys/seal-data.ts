import { digestHmac } from '@annal/proof'
import type { EventDraft, RefusalCode, SealedPath } from '../append/event-draft.ts'
import { fieldKeyOf } from './derive-keys.ts'
import { encryptField } from './field-cipher.ts'
import { type EventContent, valueAt, withValuesAt } from './json-pointer.ts'
import type { KeyStore } from './key-store.ts'
import { nodeDigests } from './node-digests.ts'
import { findLookAlike } from './sealed-shape.ts'

/** `LooksSealed`: the sender's data holds an object that would pass for a sealed field of ours. */
type SealRefusalCode = Extract<RefusalCode, 'SubjectUnknown' | 'SubjectErased'> | 'LooksSealed'

type SealOutcome =
  | { readonly status: 'sealed'; readonly data: EventContent }
  | { readonly status: 'refused'; readonly code: SealRefusalCode; readonly message: string }

/**
 * The data of an event as it is stored at this version of its stream: the fields of `draft.sealed` encrypted, or made an HMAC. The
 * draft is left as it is. Call `keys.blockKeysForSealing` for all events of a group first: then this costs no transaction.
 * @throws StoreFull, StoreUnavailable when a key had to be made and could not.
 */
export function sealData(draft: EventDraft, streamVersion: number, keys: KeyStore): SealOutcome {
  const lookAlike = findLookAlike(draft.data)
  if (lookAlike !== null) {
    return {
      status: 'refused',
      code: 'LooksSealed',
      message: `data${lookAlike} has the members enc, ct and kc, which only sealed fields may have`,
    }
  }
  if (draft.sealed.length === 0) return { status: 'sealed', data: draft.data }
  const { workspace, stream, id } = draft
  const eventKey = keys.eventKeyForSealing(stream, streamVersion, id)
  const values = new Map<string, unknown>()
  for (const path of draft.sealed) {
    const subjectKey = path.subject === null ? null : keys.subjectKey(workspace, path.subject)
    if (path.subject !== null && subjectKey === null) return refuseSubject(keys, workspace, path.subject)
    const key = fieldKeyOf(eventKey, subjectKey, { workspace, stream, id, pointer: path.pointer })
    values.set(path.pointer, sealValue(key, path, draft.data))
  }
  return { status: 'sealed', data: withValuesAt(draft.data, values) }
}

function sealValue(key: Uint8Array, { how, pointer, subject }: SealedPath, data: EventContent): unknown {
  const value = valueAt(data, pointer)
  if (value === undefined) throw new Error(`expected a value to seal at ${pointer}, found none`)
  switch (how) {
    case 'encrypted':
      return encryptField(key, subject, value)
    case 'digest':
      if (typeof value !== 'string') throw new Error(`expected a SHA-256 at ${pointer}, found ${typeof value}`)
      return digestHmac(key, value, nodeDigests)
  }
}

function refuseSubject(keys: KeyStore, workspace: string, subject: string): SealOutcome {
  return keys.subjectErased(workspace, subject)
    ? { status: 'refused', code: 'SubjectErased', message: `${subject} was erased: nothing more can be recorded about it` }
    : { status: 'refused', code: 'SubjectUnknown', message: `${subject} is no data subject of ${workspace}: subjectFor gives one` }
}
