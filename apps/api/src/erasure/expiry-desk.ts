import { dataSubjectOf, holdsCovering, type LegalHold } from '@annal/domain'
import { type EventReader, type KeyStore, type OpenedEvent, openEvents, type RecordedEvent } from '@annal/ledger'
import { parseEventReference } from '@annal/proof'
import type { GuardedStreams } from '../append/guarded-streams.ts'
import { TypedError } from '../http/typed-error.ts'
import { ownDraft, SERVER } from '../identity/record-access.ts'
import type { ExpiryPage } from '../reactions/expiry-run.ts'
import { type Acknowledgement, acknowledgement, laterIfUnavailable } from '../reactions/follow-ups.ts'
import type { TrailReader } from '../trail/trail-reader.ts'
import type { Erasures, Purger } from './erasures.ts'
import { legalHoldsInPlace } from './legal-holds.ts'

export interface ExpirySurroundings {
  readonly store: EventReader
  readonly keys: KeyStore
  readonly guarded: GuardedStreams
  readonly trail: TrailReader
  readonly purger: Purger
  readonly erasures: Pick<Erasures, 'carryOut'>
}

const DONE: Acknowledgement = { status: 'acknowledged' }

/** What has run out under a retention rule goes: recorded first, and then carried out as an erasure is. */
export class ExpiryDesk {
  constructor(private readonly around: ExpirySurroundings) {}

  /** Of a page that was handed in before, what was recorded then is carried out to its end. */
  async expire(page: ExpiryPage): Promise<Acknowledgement> {
    try {
      return await laterIfUnavailable(() => this.recordAndCarryOut(page))
    } catch (error) {
      if (error instanceof TypedError && error.code === 'NOT_YET_VISIBLE') return { status: 'later', reason: error.message }
      throw error
    }
  }

  private async recordAndCarryOut(page: ExpiryPage): Promise<Acknowledgement> {
    const { guarded, store, erasures, purger } = this.around
    const stream = `${page.workspace}.subject-rule~${page.rule}`
    if ((await store.findEvent(stream, page.id)) === null) {
      const events = await this.expirable(page)
      if (events.length === 0) return DONE
      const fields = events.reduce((sum, { sealed }) => sum + sealed.length, 0)
      const data = { rule: page.rule, events: events.map(({ envelope }) => `${envelope.stream}/${envelope.id}`), fields }
      const { id, workspace, occurredAt: at, correlationId, causationId } = page
      const draft = { ...ownDraft({ id, type: 'PayloadExpired', data, workspace, actor: SERVER, at }), correlationId, causationId }
      const said = acknowledgement(await guarded.record(stream, [draft]))
      if (said.status === 'later') return said
    }
    const recorded = await store.findEvent(stream, page.id)
    if (recorded !== null) await erasures.carryOut(recorded, purger)
    return DONE
  }

  /** Those of which something is left and that no legal hold covers. */
  private async expirable({ workspace, events }: ExpiryPage): Promise<OpenedEvent[]> {
    const { keys, store, purger } = this.around
    const found = await Promise.all(events.map((reference) => eventOf(reference, store)))
    const opened = openEvents(
      found.filter((event) => event !== null),
      keys,
    )
    const left = opened.filter((event) => isLeft(event, keys))
    if (left.length === 0) return []
    const holds = await legalHoldsInPlace(workspace, { ...this.around, ...purger })
    return left.filter((event) => !isHeld(event, holds))
  }
}

function eventOf(reference: string, store: EventReader): Promise<RecordedEvent | null> {
  const named = parseEventReference(reference)
  if (named === null) throw new Error(`expected a reference to an event, found ${reference}`)
  return store.findEvent(named.stream, named.id)
}

function isLeft({ envelope: { stream, streamVersion, id }, sealed }: OpenedEvent, keys: KeyStore): boolean {
  if (sealed.length === 0) return false
  return keys.eventKey(stream, streamVersion, id) !== null || sealed.some(({ pointer }) => keys.keptFieldKey(stream, id, pointer) !== null)
}

function isHeld({ envelope: { type, data, about }, sealed }: OpenedEvent, holds: readonly LegalHold[]): boolean {
  const subjects = [dataSubjectOf(type, data), ...sealed.map(({ subject }) => subject)].filter((subject) => subject !== null)
  return holdsCovering(holds, { subjects, about }).length > 0
}
