import type { Receipt } from '@annal/ledger'
import type { GuardedStreams } from '../append/guarded-streams.ts'
import type { Refusal } from '../append/refusal.ts'
import { TypedError } from '../http/typed-error.ts'
import { type OwnEvent, ownDraft } from './record-access.ts'

export type OwnOutcome = { readonly status: 'recorded'; readonly receipts: readonly Receipt[] } | Refusal

/** Records events of our own in one stream if its decider lets them all pass. @throws TypedError where the workspace's log is closed. */
export async function recordGuarded(guarded: GuardedStreams, events: readonly OwnEvent[]): Promise<OwnOutcome> {
  const drafts = events.map(ownDraft)
  const stream = drafts[0]?.stream
  if (stream === undefined || drafts.some((draft) => draft.stream !== stream))
    throw new Error(`expected events of one stream, found ${drafts.map((draft) => draft.stream).join(', ')}`)
  const outcomes = await guarded.record(stream, drafts)
  const refusals = outcomes.filter((outcome) => outcome.status === 'refused')
  const refused = refusals.find(({ code }) => code !== 'SiblingRefused') ?? refusals[0]
  if (refused?.code === 'LogBehindPublishedHead') throw new TypedError('LOG_BEHIND_PUBLISHED_HEAD', refused.message)
  return refused ?? { status: 'recorded', receipts: outcomes.filter((outcome) => outcome.status === 'recorded') }
}
