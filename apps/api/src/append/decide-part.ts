import { type CorrectedEvent, consultsState, decide, decideCorrection, evolve, type StreamState } from '@annal/domain'
import type { EventDraft, EventReader } from '@annal/ledger'
import { parseEventBytes, parseEventReference } from '@annal/proof'
import { followUpDrafts } from './follow-up-drafts.ts'
import { type Refusal, refusal } from './refusal.ts'
import type { StateAt } from './stream-states.ts'

/** The drafts of one call for one stream after they were decided on, in order; each sent draft with what follows from it. */
export type DecidedPart =
  | { readonly status: 'accepted'; readonly drafts: readonly EventDraft[] }
  | { readonly status: 'refused'; readonly refusal: Refusal }

export interface DecideSurroundings {
  readonly store: EventReader
  /** The instant of the decision. */
  readonly at: string
  /** Legal holds of other streams that cover what the drafts destroy. */
  readonly holds: readonly string[]
}

/** Whether the record must be looked at before this draft is appended. */
export function isGuarded({ type }: EventDraft): boolean {
  return type === 'EventCorrected' || consultsState(type)
}

/**
 * Decides draft after draft, each on the state that those before it lead to. The first refusal refuses the part. A draft whose id came
 * before is the same event again: it isn't decided on anew.
 */
export async function decidePart(part: readonly EventDraft[], from: StateAt, around: DecideSurroundings): Promise<DecidedPart> {
  const drafts: EventDraft[] = []
  const decidedOn = new Set<string>()
  let { state } = from
  for (const draft of part) {
    const again: DecidedDraft = { status: 'accepted', drafts: [draft], known: true }
    const decided = decidedOn.has(draft.id) ? again : await decideDraft(draft, { ...from, state }, around)
    decidedOn.add(draft.id)
    if (decided.status === 'refused') return decided
    drafts.push(...decided.drafts)
    if (state !== null && !decided.known) state = decided.drafts.reduce<StreamState>(evolve, state)
  }
  return { status: 'accepted', drafts }
}

type DecidedDraft =
  /** `known`: its id is in the stream, and in the state, already; whether with the same content the ledger tells. */
  | { readonly status: 'accepted'; readonly drafts: readonly EventDraft[]; readonly known: boolean }
  | { readonly status: 'refused'; readonly refusal: Refusal }

async function decideDraft(draft: EventDraft, from: StateAt, around: DecideSurroundings): Promise<DecidedDraft> {
  if (!isGuarded(draft)) return { status: 'accepted', drafts: [draft], known: false }
  if ((await around.store.findEvent(draft.stream, draft.id)) !== null) return { status: 'accepted', drafts: [draft], known: true }
  return draft.type === 'EventCorrected' ? correct(draft, around.store) : decideOn(draft, from, around)
}

function decideOn(draft: EventDraft, { state, version }: StateAt, { at, holds }: DecideSurroundings): DecidedDraft {
  if (state === null) throw new Error(`expected a state to decide ${draft.type} on, found none for ${draft.stream}`)
  const decision = decide(draft.type, draft.data, state, { actor: draft.actor, at, holds })
  if (decision.status === 'refused')
    return { status: 'refused', refusal: { ...refusal(draft.id, decision.code, decision.message), reason: decision.reason } }
  const decided = { ...draft, expectedVersion: draft.expectedVersion ?? version }
  return { status: 'accepted', drafts: [decided, ...followUpDrafts(draft, decision.followUps, at)], known: false }
}

async function correct(draft: EventDraft, store: EventReader): Promise<DecidedDraft> {
  const { type, version, about, data, sealed, stream, workspace } = draft
  const parsed = { type, version, stream: stream.slice(workspace.length + 1), about, data, sealed }
  const outcome = decideCorrection(parsed, await correctedEvent(data.event, store), workspace)
  switch (outcome.status) {
    case 'accepted':
      return { status: 'accepted', drafts: [{ ...draft, about: outcome.about }], known: false }
    case 'refused':
      return { status: 'refused', refusal: refusal(draft.id, 'ContradictsRecord', outcome.message) }
  }
}

async function correctedEvent(reference: unknown, store: EventReader): Promise<CorrectedEvent | null> {
  const named = typeof reference === 'string' ? parseEventReference(reference) : null
  const recorded = named === null ? null : await store.findEvent(named.stream, named.id)
  if (recorded === null) return null
  const parsed = parseEventBytes(recorded.bytes)
  if (parsed.status === 'refused') throw new Error(`expected an event in ${recorded.stream}, found ${parsed.reason}`)
  const { type, about, workspace, data } = parsed.envelope
  return { type, about, data, stream: recorded.stream.slice(workspace.length + 1) }
}
