import { timingSafeEqual } from 'node:crypto'
import { canonicalBytes, canonicalize, digestHmac, type EventEnvelope, isEncryptedField, isHex32 } from '@annal/proof'
import type { EventDraft, SealedPath } from '../append/event-draft.ts'
import type { RecordedEvent } from '../event-store.ts'
import { type EventContent, valueAt, withValuesAt } from './json-pointer.ts'
import type { KeyReader } from './key-store.ts'
import { nodeDigests } from './node-digests.ts'
import { type OpenedEvent, openEvent } from './open-event.ts'
import { StoredFieldKeys } from './stored-field-keys.ts'

/** `erased`: nothing that can still be compared differs, but a key that the comparison needs is gone. */
type ContentVerdict = 'same' | 'different' | 'erased'

/**
 * Whether a draft with a known id says what the stored event says. Compared is the sender's part: type, version, occurredAt,
 * correlationId, causationId, about and data; not the actor, nor what the ledger adds.
 */
export function sameContent(draft: EventDraft, stored: RecordedEvent, keys: KeyReader): ContentVerdict {
  const opened = openEvent(stored, keys)
  if (draftText(draft) !== storedText(draft.sealed, opened.envelope)) return 'different'
  const fieldKeys = new StoredFieldKeys(keys, opened.envelope)
  const verdicts = draft.sealed.map((path) => sameField(path, draft.data, opened, fieldKeys))
  if (verdicts.includes('different')) return 'different'
  return verdicts.includes('erased') ? 'erased' : 'same'
}

/** The part that is stored in plain text, with null where a sealed field stands. */
function draftText({ stream, id, type, version, occurredAt, correlationId, causationId, about, data, sealed }: EventDraft): string {
  return canonicalize({ stream, id, type, version, occurredAt, correlationId, causationId, about, data: withoutSealed(data, sealed) })
}

function storedText(sealed: readonly SealedPath[], envelope: EventEnvelope): string | null {
  const { stream, id, type, version, occurredAt, correlationId, causationId, about, data } = envelope
  if (sealed.some(({ pointer }) => valueAt(data, pointer) === undefined)) return null
  return canonicalize({ stream, id, type, version, occurredAt, correlationId, causationId, about, data: withoutSealed(data, sealed) })
}

function withoutSealed(data: EventContent, sealed: readonly SealedPath[]): EventContent {
  return withValuesAt(data, new Map(sealed.map(({ pointer }) => [pointer, null])))
}

function sameField(path: SealedPath, data: EventContent, opened: OpenedEvent, fieldKeys: StoredFieldKeys): ContentVerdict {
  const drafted = valueAt(data, path.pointer)
  const stored = valueAt(opened.envelope.data, path.pointer)
  switch (path.how) {
    case 'encrypted': {
      if (!isEncryptedField(stored) || stored.sub !== path.subject) return 'different'
      const readable = opened.sealed.some(({ pointer, readable }) => pointer === path.pointer && readable)
      if (!readable) return 'erased'
      return verdict(sameBytes(canonicalBytes(drafted), canonicalBytes(valueAt(opened.data, path.pointer))))
    }
    case 'digest': {
      if (!isHex32(stored) || !isHex32(drafted)) return 'different'
      const fieldKey = fieldKeys.find(path.pointer, path.subject)
      if (fieldKey === null) return 'erased'
      return verdict(sameBytes(Buffer.from(digestHmac(fieldKey, drafted, nodeDigests)), Buffer.from(stored)))
    }
  }
}

/** In a time that doesn't tell how much of them is equal. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return timingSafeEqual(nodeDigests.sha256(a), nodeDigests.sha256(b))
}

function verdict(same: boolean): ContentVerdict {
  return same ? 'same' : 'different'
}
