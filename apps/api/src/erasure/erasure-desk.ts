import { dataSubjectOf, holdsCovering } from '@annal/domain'
import { type EventReader, type KeyStore, openEvent, type RecordedEvent } from '@annal/ledger'
import { formatEventReference, parseEventBytes } from '@annal/proof'
import type { GuardedStreams } from '../append/guarded-streams.ts'
import type { DecisionOutcome } from '../decisions/decision-desk.ts'
import { problem } from '../decisions/decision-request.ts'
import type { Caller } from '../identity/caller.ts'
import { ownDraft } from '../identity/record-access.ts'
import { streamEvents } from '../packs/build/stream-events.ts'
import { readFilter } from '../trail/read-filter.ts'
import type { TrailReader } from '../trail/trail-reader.ts'
import type { Erasures, Purger } from './erasures.ts'
import { legalHoldsInPlace } from './legal-holds.ts'
import { type PackHolder, packHolders } from './pack-holders.ts'
import { subjectFootprint } from './subject-footprint.ts'

export interface DeskSurroundings {
  readonly store: EventReader
  readonly keys: KeyStore
  readonly guarded: GuardedStreams
  readonly trail: TrailReader
  readonly purger: Purger
  readonly erasures: Erasures
  readonly now: () => string
}

export interface ErasureRequest {
  readonly id: string
  readonly subject: string
  readonly ground: string
  readonly reason: string | null
}

export interface RedactionRequest {
  readonly id: string
  readonly event: string
  /** Of the event, as `readFilter` reads it; of several events with this id the oldest is meant without one. */
  readonly stream?: string | null
  readonly path: string
  readonly reason: string
}

/** What the record says of a data subject. */
export interface SubjectRecord {
  readonly subject: string
  readonly status: 'NONE' | 'REQUESTED' | 'REFUSED' | 'ERASED'
  readonly requestedOn: string | null
  readonly due: string | null
  readonly ground: string | null
  readonly decidedAt: string | null
  readonly decidedBy: string | null
  /** The event that says so; null of a subject of which nothing is said. */
  readonly event: string | null
}

const MOST_RECIPIENTS = 100
const NOTHING: Omit<SubjectRecord, 'subject'> = {
  status: 'NONE',
  requestedOn: null,
  due: null,
  ground: null,
  decidedAt: null,
  decidedBy: null,
  event: null,
}

/** Erasure and redaction: decided on the record, recorded, and then carried out. */
export class ErasureDesk {
  constructor(private readonly around: DeskSurroundings) {}

  async erase(caller: Caller, { id, subject, ground, reason }: ErasureRequest): Promise<DecisionOutcome> {
    const { workspace } = caller
    const { keys, now } = this.around
    const before = await this.subject(workspace, subject)
    if (keys.subjectKey(workspace, subject) === null && before.status !== 'ERASED')
      return problem('SUBJECT_UNKNOWN', `${subject} is no data subject of this workspace.`, '/subject')
    const holds = await this.holds(workspace, subject)
    const recipients = (await this.holders(workspace, subject)).map(({ pack }) => pack).slice(0, MOST_RECIPIENTS)
    const data = {
      subject,
      ground,
      ...(before.requestedOn === null ? {} : { requestedOn: before.requestedOn }),
      ...(recipients.length === 0 ? {} : { recipients }),
      ...(reason === null ? {} : { reason }),
    }
    return this.record({ id, type: 'SubjectErased', data, workspace, actor: caller.actor, at: now() }, holds)
  }

  async redact(caller: Caller, { id, event, stream, path, reason }: RedactionRequest): Promise<DecisionOutcome> {
    const { workspace } = caller
    const { trail, store, keys, now } = this.around
    const view = await trail.event(workspace, event, readFilter({ stream: stream ?? null }, workspace))
    const target = view === null ? null : await store.findEvent(view.stream, event)
    if (target === null) return problem('NOT_FOUND', 'This workspace has no such event.', '/event')
    const { envelope, sealed } = openEvent(target, keys)
    const field = sealed.find(({ pointer }) => pointer === path)
    if (field === undefined)
      return problem('NOT_SEALED', 'This field is not encrypted: what stands in plain text in the record stays.', '/path')
    const subject = field.subject ?? dataSubjectOf(envelope.type, envelope.data)
    const places = { subjects: subject === null ? [] : [subject], about: envelope.about }
    const holds = holdsCovering(await legalHoldsInPlace(workspace, { ...this.around, ...this.around.purger }), places)
    const data = { event: formatEventReference(target), path, ...(subject === null ? {} : { subject }), reason }
    return this.record({ id, type: 'FieldRedacted', data, workspace, actor: caller.actor, at: now() }, holds)
  }

  async subject(workspace: string, subject: string): Promise<SubjectRecord> {
    let record: SubjectRecord = { subject, ...NOTHING }
    for await (const recorded of streamEvents(this.around.store, `${workspace}.subject-${subject}`)) record = evolve(record, recorded)
    return record
  }

  /** Ids of the legal holds that forbid its erasure now. */
  async holds(workspace: string, subject: string): Promise<readonly string[]> {
    const { trail, purger } = this.around
    const inPlace = await legalHoldsInPlace(workspace, { ...this.around, ...purger })
    const { about } = await subjectFootprint(trail, workspace, subject)
    return holdsCovering(inPlace, { subjects: [subject], about: [...about] })
  }

  async holders(workspace: string, subject: string): Promise<PackHolder[]> {
    return packHolders(workspace, await subjectFootprint(this.around.trail, workspace, subject), this.around)
  }

  /** The data subject that was named when a hold in place was placed; null: none was, or there is no such hold. */
  async subjectOfHold(workspace: string, hold: string): Promise<string | null> {
    const inPlace = await legalHoldsInPlace(workspace, { ...this.around, ...this.around.purger })
    return inPlace.find((placed) => placed.hold === hold)?.subject ?? null
  }

  /** @param placed the data of its `LegalHoldPlaced`. */
  async releasedAt(workspace: string, { hold, subject }: Readonly<Record<string, unknown>>): Promise<string | null> {
    for await (const recorded of streamEvents(this.around.store, `${workspace}.subject-${subject ?? `hold~${hold}`}`)) {
      const parsed = recorded.type === 'LegalHoldReleased' ? parseEventBytes(recorded.bytes) : null
      if (parsed?.status === 'parsed' && parsed.envelope.data.hold === hold) return parsed.envelope.recordedAt
    }
    return null
  }

  /** Recorded and carried out, or neither. What is recorded is carried out at the next start at the latest. */
  private async record(
    event: Parameters<typeof ownDraft>[0] & { readonly id: string },
    holds: readonly string[],
  ): Promise<DecisionOutcome> {
    const { guarded, store, erasures, purger } = this.around
    const known = await this.recordedBefore(event)
    const draft = ownDraft(known === null ? event : { ...event, at: known.occurredAt, data: { ...event.data, ...known.again } })
    const [outcome] = await guarded.record(draft.stream, [draft], holds)
    if (outcome === undefined) throw new Error('expected an outcome for the decision, found none')
    if (outcome.status === 'refused') return { status: 'not-recorded', refusal: outcome, path: null }
    const recorded = await store.findEvent(draft.stream, draft.id)
    if (recorded === null) throw new Error(`expected ${draft.stream}/${draft.id} after it was recorded, found nothing`)
    await erasures.carryOut(recorded, purger)
    return { status: 'recorded', receipts: [outcome] }
  }

  /** Sent again, a decision says what it said the first time, though more packs may have been handed out since. */
  private async recordedBefore({ id, type, workspace, data }: Parameters<typeof ownDraft>[0] & { readonly id: string }) {
    const recorded = await this.around.store.findEvent(`${workspace}.subject-${data.subject ?? 'none'}`, id)
    if (recorded === null || recorded.type !== type) return null
    const { envelope } = openEvent(recorded, this.around.keys)
    const { recipients, requestedOn } = envelope.data
    return {
      occurredAt: envelope.occurredAt,
      again: { ...(recipients === undefined ? {} : { recipients }), ...(requestedOn === undefined ? {} : { requestedOn }) },
    }
  }
}

function evolve(record: SubjectRecord, recorded: RecordedEvent): SubjectRecord {
  const parsed = parseEventBytes(recorded.bytes)
  if (parsed.status === 'refused') throw new Error(`expected an event in ${recorded.stream}, found ${parsed.reason}`)
  const { type, data, actor, recordedAt, id } = parsed.envelope
  const decided = { ground: String(data.ground), decidedAt: recordedAt, decidedBy: actor.id, event: id }
  switch (type) {
    case 'ErasureRequested':
      return { ...record, ...NOTHING, status: 'REQUESTED', requestedOn: String(data.requestedOn), due: String(data.due), event: id }
    case 'ErasureRefused':
      return { ...record, status: 'REFUSED', ...decided }
    case 'SubjectErased':
      return { ...record, status: 'ERASED', ...decided }
    default:
      return record
  }
}
