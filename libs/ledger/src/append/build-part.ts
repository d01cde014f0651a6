import { canonicalBytes, canonicalize, eventBytes } from '@annal/proof'
import { APPEND_LIMIT, type NewEvent, type RecordedEvent, storedSize } from '../event-store.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { sameContent } from '../keys/same-content.ts'
import { sealData } from '../keys/seal-data.ts'
import type { EventDraft, Receipt, Refusal, RefusalCode } from './event-draft.ts'
import { recordedAtOf } from './ledger-clock.ts'
import { freshSalt } from './salts.ts'
import type { StreamPart } from './stream-part.ts'

/** An event with a draft's id that the stream holds. `ours`: it is the one that was built from this very draft and sent before. */
export interface FoundEvent {
  readonly event: RecordedEvent
  readonly ours: boolean
}

/** With what parts are built. */
export interface Bench {
  readonly keys: KeyStore
  readonly recordedAt: string
  readonly found: ReadonlyMap<string, FoundEvent>
}

/** What becomes of a draft, but for the position of a new event. `twin`: the draft at `of` has the same id and content. */
export type Slot =
  | { readonly status: 'new'; readonly event: NewEvent }
  | { readonly status: 'twin'; readonly of: number }
  | Receipt
  | Refusal

export interface BuiltPart {
  readonly part: StreamPart
  /** One for each draft. Beside a refusal nothing is new. */
  readonly slots: readonly Slot[]
  readonly events: readonly NewEvent[]
  /** The sum of `storedSize`. */
  readonly size: number
}

const DATA_LIMIT = 256 * 1024

/**
 * Stamps, seals and serialises the drafts of a part that are not recorded yet.
 * @param version of the event before the part.
 */
export function buildPart(part: StreamPart, version: number, bench: Bench): BuiltPart {
  const slots: Slot[] = []
  const events: NewEvent[] = []
  const firstOf = part.drafts.length > 1 ? new Map<string, number>() : null
  let size = 0
  let refusals = 0
  for (const draft of part.drafts) {
    const slot =
      twinSlot(draft, part, firstOf) ??
      foundSlot(draft, bench) ??
      newSlot(draft, { before: version, standing: version + events.length }, bench)
    if (firstOf?.has(draft.id) === false) firstOf.set(draft.id, slots.length)
    slots.push(slot)
    if (slot.status === 'refused') refusals++
    if (slot.status !== 'new') continue
    events.push(slot.event)
    size += storedSize(slot.event)
  }
  if (refusals > 0) return withoutNew(part, slots, 'SiblingRefused', 'another event of this call for the same stream was refused')
  if (size > APPEND_LIMIT) {
    const message = `the events of this call for one stream take ${size} bytes stored, at most ${APPEND_LIMIT} are allowed`
    return withoutNew(part, slots, 'StreamPartTooLarge', message)
  }
  return { part, slots, events, size }
}

/** Refuses what would have been new. What is recorded already keeps its receipt. */
export function refusePart(part: StreamPart, bench: Bench, code: RefusalCode, message: string): BuiltPart {
  const slots = part.drafts.map((draft) => foundSlot(draft, bench) ?? refused(draft.id, code, message))
  return { part, slots, events: [], size: 0 }
}

function withoutNew(part: StreamPart, slots: readonly Slot[], code: RefusalCode, message: string): BuiltPart {
  const recorded = (slot: Slot | undefined) => slot?.status === 'recorded' || slot?.status === 'refused'
  const kept = slots.map((slot, i) => {
    const keeps = slot.status === 'twin' ? slots[slot.of]?.status === 'recorded' : recorded(slot)
    return keeps ? slot : refused(part.drafts[i]?.id ?? '', code, message)
  })
  return { part, slots: kept, events: [], size: 0 }
}

function twinSlot(draft: EventDraft, { drafts }: StreamPart, firstOf: ReadonlyMap<string, number> | null): Slot | null {
  const of = firstOf?.get(draft.id)
  const first = of === undefined ? undefined : drafts[of]
  if (of === undefined || first === undefined) return null
  return senderPart(first) === senderPart(draft) ? { status: 'twin', of } : contentDiffers(draft.id)
}

function foundSlot(draft: EventDraft, { found, keys }: Bench): Slot | null {
  const known = found.get(draft.id)
  if (known === undefined) return null
  const verdict = known.ours ? 'same' : sameContent(draft, known.event, keys)
  if (verdict === 'different') return contentDiffers(draft.id)
  const { id, stream, streamVersion, position } = known.event
  const recordedAt = recordedAtOf(known.event)
  return { status: 'recorded', id, stream, streamVersion, position, recordedAt, repeated: !known.ours, erased: verdict === 'erased' }
}

/** Versions of the stream: before the part, and behind its events that were built already. */
interface Place {
  readonly before: number
  readonly standing: number
}

function newSlot(draft: EventDraft, { before, standing }: Place, { keys, recordedAt }: Bench): Slot {
  const expected = draft.expectedVersion
  // What stands behind the version that the sender saw may only be what he sends with this call.
  if (expected !== null && (expected < before || expected > standing)) {
    return refused(draft.id, 'WrongExpectedVersion', `expected stream version ${expected}, found ${standing}`)
  }
  const streamVersion = standing + 1
  const sealed = sealData(draft, streamVersion, keys)
  if (sealed.status === 'refused') return refused(draft.id, sealed.code, sealed.message)
  const { id, type, workspace, stream, about, actor, occurredAt, correlationId, causationId } = draft
  const bytes = eventBytes({
    v: 1,
    id,
    type,
    version: draft.version,
    workspace,
    stream,
    streamVersion,
    about,
    actor,
    occurredAt,
    recordedAt,
    correlationId,
    causationId,
    data: sealed.data,
  })
  if (bytes.length > DATA_LIMIT && canonicalBytes(draft.data).length > DATA_LIMIT) {
    return refused(id, 'EventTooLarge', `the event's data takes more than ${DATA_LIMIT} bytes: attach large documents by their digest`)
  }
  return { status: 'new', event: { id, type, streamVersion, bytes, salt: freshSalt(), correlationId, causationId } }
}

function senderPart({ type, version, occurredAt, correlationId, causationId, about, data }: EventDraft): string {
  return canonicalize({ type, version, occurredAt, correlationId, causationId, about, data })
}

function contentDiffers(id: string): Refusal {
  return refused(id, 'ContentDiffers', `an event with the id ${id} was recorded before with other content`)
}

function refused(id: string, code: RefusalCode, message: string): Refusal {
  return { status: 'refused', id, code, message }
}
