import type { StreamState } from '@annal/domain'
import type { EventDraft, EventReader, Ledger, RecordOutcome } from '@annal/ledger'
import { decidePart } from './decide-part.ts'
import { type AppendOutcome, refusal } from './refusal.ts'
import { StreamStates } from './stream-states.ts'
import { Turns } from './turns.ts'

/** Others may append between the look at a stream and the append to it: then it is looked at again, so many times. */
const ATTEMPTS = 20

interface AskedPart {
  readonly stream: string
  readonly part: readonly EventDraft[]
  readonly holds: readonly string[]
}

/** Decides and appends, one call after the other for each stream, so that what was decided on is what stands before the event. */
export class GuardedStreams {
  private readonly states: StreamStates
  private readonly turns = new Turns()

  constructor(
    private readonly ledger: Ledger,
    private readonly store: EventReader,
    private readonly now: () => number,
  ) {
    this.states = new StreamStates(store)
  }

  /**
   * All drafts of one call for one stream; an outcome for each, in their order.
   * @param holds ids of the legal holds of other streams that cover what the drafts destroy.
   */
  record(stream: string, part: readonly EventDraft[], holds: readonly string[] = []): Promise<AppendOutcome[]> {
    return this.turns.take(stream, () => this.attempt({ stream, part, holds }, ATTEMPTS))
  }

  /** The state of a stream as it stands; null if its type has no decider. */
  async state(stream: string): Promise<StreamState | null> {
    return (await this.states.load(stream)).state
  }

  /** Of a draft for whose stream another of its call was refused: what is recorded already keeps its receipt. */
  async besideRefused(draft: EventDraft): Promise<AppendOutcome> {
    const known = await this.store.findEvent(draft.stream, draft.id)
    const [receipt] = known === null ? [] : await this.ledger.append([draft])
    return withPath(receipt) ?? refusal(draft.id, 'SiblingRefused', 'Another event of this call for the same stream was refused.')
  }

  private async attempt(asked: AskedPart, attempts: number): Promise<AppendOutcome[]> {
    const { stream, part, holds } = asked
    const state = await this.states.load(stream)
    const decided = await decidePart(part, state, { store: this.store, at: new Date(this.now()).toISOString(), holds })
    if (decided.status === 'refused') return this.refuse(part, decided.refusal)
    const outcomes = await this.ledger.append(decided.drafts)
    if (attempts > 1 && outcomes.some((outcome) => wasOvertaken(outcome, part))) return this.attempt(asked, attempts - 1)
    return ofSent(part, decided.drafts, outcomes)
  }

  /** What is recorded already keeps its receipt; the rest goes with the one that was refused. */
  private async refuse(part: readonly EventDraft[], reason: ReturnType<typeof refusal>): Promise<AppendOutcome[]> {
    return Promise.all(part.map((draft) => (draft.id === reason.id ? reason : this.besideRefused(draft))))
  }
}

export function withPath(outcome: RecordOutcome | undefined): AppendOutcome | undefined {
  return outcome?.status === 'refused' ? { ...outcome, path: null } : outcome
}

/** Only where we ourselves said which version to expect. */
function wasOvertaken(outcome: RecordOutcome, part: readonly EventDraft[]): boolean {
  if (outcome.status !== 'refused' || outcome.code !== 'WrongExpectedVersion') return false
  return part.find(({ id }) => id === outcome.id)?.expectedVersion === null
}

/** Without the outcomes of follow-ups. */
function ofSent(part: readonly EventDraft[], drafts: readonly EventDraft[], outcomes: readonly RecordOutcome[]): AppendOutcome[] {
  const sent = outcomes.filter((_outcome, i) => isSent(drafts[i], part))
  return sent.map((outcome) => withPath(outcome) ?? outcome) as AppendOutcome[]
}

function isSent(draft: EventDraft | undefined, part: readonly EventDraft[]): boolean {
  return draft !== undefined && part.some(({ id, type }) => id === draft.id && type === draft.type)
}
