import { AppendUncertain, type EventDraft, type Ledger, StoreFull, StoreUnavailable } from '@annal/ledger'
import { isGuarded } from '../append/decide-part.ts'
import type { GuardedStreams } from '../append/guarded-streams.ts'
import type { AppendOutcome } from '../append/refusal.ts'

/** `later`: nobody knows yet, or nothing can be recorded now; the very same drafts are to be handed in again. */
export type Acknowledgement = { readonly status: 'acknowledged' } | { readonly status: 'later'; readonly reason: string }

/**
 * Records follow-ups, in the main thread, the only writer. Refused by a decider (it lapsed already, the task is open already) or known
 * with other words (an older release made it): either way the record has its answer, and that is an acknowledgement too.
 */
export class FollowUps {
  constructor(
    private readonly ledger: Ledger,
    private readonly guarded: GuardedStreams,
  ) {}

  /** @throws when one is refused for what it is: a rule made something that can't be recorded. */
  async record(drafts: readonly EventDraft[]): Promise<Acknowledgement> {
    return laterIfUnavailable(async () => {
      const outcomes = await Promise.all(
        [...Map.groupBy(drafts, ({ stream }) => stream)].map(([stream, part]) => this.append(stream, part)),
      )
      return acknowledgement(outcomes.flat())
    })
  }

  /** Each for itself: that a decider refuses one says nothing about the next. */
  private async append(stream: string, part: readonly EventDraft[]): Promise<AppendOutcome[]> {
    const outcomes: AppendOutcome[] = []
    for (const draft of part) {
      if (isGuarded(draft)) outcomes.push(...(await this.guarded.record(stream, [draft])))
      else outcomes.push(...((await this.ledger.append([draft])) as AppendOutcome[]))
    }
    return outcomes
  }
}

export async function laterIfUnavailable(work: () => Promise<Acknowledgement>): Promise<Acknowledgement> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof StoreFull || error instanceof AppendUncertain)
      return { status: 'later', reason: error.message }
    throw error
  }
}

export function acknowledgement(outcomes: readonly AppendOutcome[]): Acknowledgement {
  for (const outcome of outcomes) {
    if (outcome.status === 'recorded') continue
    switch (outcome.code) {
      case 'ContradictsRecord':
      case 'DecisionRefused':
      case 'ContentDiffers':
        break
      case 'ClockSkew':
      case 'WrongExpectedVersion':
      case 'LogBehindPublishedHead':
        return { status: 'later', reason: outcome.message }
      default:
        throw new Error(`expected the follow-up ${outcome.id} to be recorded, found ${outcome.code}: ${outcome.message}`)
    }
  }
  return { status: 'acknowledged' }
}
