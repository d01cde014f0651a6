import { type Expiry, isUnder, typesUnder } from '@annal/domain'
import { type EventReader, nodeDigests, type Position, type RecordedEvent } from '@annal/ledger'
import { derivedId, formatEventReference } from '@annal/proof'
import { envelopeOf } from './envelope-of.ts'
import type { FollowUpOrigin } from './follow-up-draft.ts'
import type { RuleStates } from './rule-states.ts'

/** Events that have run out together. The same whenever they are read again, so that their `PayloadExpired` has the same id. */
export interface ExpiryPage {
  /** Of the `PayloadExpired` that may follow from it. */
  readonly id: string
  readonly workspace: string
  readonly rule: string
  /** References, whether or not they expired before or are held. */
  readonly events: readonly string[]
  readonly occurredAt: string
  readonly correlationId: string | null
  readonly causationId: string
}

export interface ExpiryTask {
  readonly expiry: Expiry
  readonly origin: FollowUpOrigin
}

/** So many references are words of one event's text still, so that the text search finds the expiry of any of them. */
const PAGE = 100
const SLICE = 1_000
/** Under this name it is kept how far each rule has looked at the record. */
const LOOKED_AT = { rule: '~expiry', begin: null }

/** Reads what has run out under a rule, in the record's order, each event once unless the rule begins anew. */
export class ExpiryRun {
  private readonly events: EventReader
  private readonly states: RuleStates

  constructor(events: EventReader, states: RuleStates) {
    this.events = events
    this.states = states
  }

  /** @param hand resolves when a page is seen to. */
  async carryOut(task: ExpiryTask, hand: (page: ExpiryPage) => Promise<void>): Promise<void> {
    const { workspace } = task.origin
    const { rule } = task.expiry.rule
    let lookedAt = task.expiry.fromBeginning ? null : (this.states.get(LOOKED_AT, workspace, rule) as Position | null)
    let page: string[] = []
    let pages = 0
    for await (const event of this.recorded(task.expiry, lookedAt)) {
      lookedAt = event.position
      if (!isCovered(event, task)) continue
      page.push(formatEventReference(event))
      if (page.length < PAGE) continue
      await hand(pageOf(page, pages++, task))
      page = []
    }
    if (page.length > 0) await hand(pageOf(page, pages, task))
    this.states.set(LOOKED_AT, workspace, rule, lookedAt)
  }

  /** Ends in front of the first event that is younger. */
  private async *recorded({ rule, until }: Expiry, from: Position | null): AsyncGenerator<RecordedEvent> {
    for (let after = from; ; ) {
      const slice: RecordedEvent[] = await this.events.readAll({ after, limit: SLICE, types: typesUnder(rule) })
      for (const event of slice) {
        if (envelopeOf(event).recordedAt > until) return
        yield event
      }
      const last = slice.at(-1)
      if (last === undefined) return
      after = last.position
    }
  }
}

function isCovered(event: RecordedEvent, { expiry, origin }: ExpiryTask): boolean {
  return event.stream.startsWith(`${origin.workspace}.`) && isUnder(expiry.rule, envelopeOf(event))
}

function pageOf(events: readonly string[], ordinal: number, { expiry, origin }: ExpiryTask): ExpiryPage {
  const { rule } = expiry.rule
  const { workspace, cause, correlationId } = origin
  const target = `${workspace}.subject-rule~${rule}`
  const id = derivedId(
    'annal/react/v1',
    [workspace, origin.rule, typeof cause === 'string' ? cause : [...cause], target, ordinal],
    nodeDigests,
  )
  return { id, workspace, rule, events, occurredAt: expiry.occurredAt, correlationId, causationId: expiry.causationId }
}
