import type { Problem } from '../../graphql/problem.ts'
import type { TrailEvent } from '../trail-documents.ts'

/** Everything the trail shows of one filter in one order. */
export interface TrailState {
  readonly list: TrailList
  readonly count: TrailCount
  readonly tail: TailState
  readonly fresh: FreshEvents
}

export type TrailList =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'loaded'; readonly events: readonly TrailEvent[]; readonly next: NextPage }

export type NextPage =
  | { readonly status: 'end' }
  | { readonly status: 'idle'; readonly after: string }
  | { readonly status: 'loading'; readonly after: string }
  | { readonly status: 'failed'; readonly after: string; readonly problem: Problem }

export type TrailCount =
  | { readonly status: 'counting' }
  | { readonly status: 'counted'; readonly value: number; readonly exact: boolean }
  | { readonly status: 'failed' }

/** `waiting`: there is nothing to follow yet. `past`: nor will there be. `refused`: the server no longer takes this session. */
export type TailState =
  | { readonly status: 'waiting' }
  | { readonly status: 'past' }
  | { readonly status: 'connecting' }
  | { readonly status: 'live' }
  | { readonly status: 'lost' }
  | { readonly status: 'paused' }
  | { readonly status: 'refused' }

/** Events that came while the list was open, newest first, not shown until asked for. `overflow`: there are more than are kept. */
export interface FreshEvents {
  readonly events: readonly TrailEvent[]
  readonly overflow: boolean
}

export interface Page {
  readonly events: readonly TrailEvent[]
  readonly after: string | null
}

/** How many unseen events are kept. Beyond it, showing them means reading the first page again. */
export const FRESH_BOUND = 500
const COUNT_BOUND = 10_000
const NOTHING_FRESH: FreshEvents = { events: [], overflow: false }

export const untouched: TrailState = {
  list: { status: 'loading' },
  count: { status: 'counting' },
  tail: { status: 'waiting' },
  fresh: NOTHING_FRESH,
}

/** The first page: replaces whatever was there. */
export function withFirstPage(state: TrailState, page: Page): TrailState {
  return { ...state, list: { status: 'loaded', events: page.events, next: nextOf(page) }, fresh: NOTHING_FRESH }
}

export function withNextPage(state: TrailState, page: Page): TrailState {
  if (state.list.status !== 'loaded') return state
  const events = [...state.list.events, ...unseen(state.list.events, page.events)]
  return { ...state, list: { status: 'loaded', events, next: nextOf(page) } }
}

export function withNext(state: TrailState, next: NextPage): TrailState {
  return state.list.status === 'loaded' ? { ...state, list: { ...state.list, next } } : state
}

/** Newest-first: events that arrived, in the record's order, go behind the pill. */
export function withFresh(state: TrailState, arrived: readonly TrailEvent[]): TrailState {
  if (state.list.status !== 'loaded') return state
  const added = unseen(state.fresh.events, unseen(state.list.events, arrived)).toReversed()
  if (added.length === 0) return state
  const events = [...added, ...state.fresh.events]
  return {
    ...state,
    count: counted(state.count, added.length),
    fresh: { events: events.slice(0, FRESH_BOUND), overflow: state.fresh.overflow || events.length > FRESH_BOUND },
  }
}

/** Oldest-first: what arrives belongs at the end, where it moves nothing. */
export function withArrivedAtEnd(state: TrailState, arrived: readonly TrailEvent[]): TrailState {
  if (state.list.status !== 'loaded') return state
  const added = unseen(state.list.events, arrived)
  if (added.length === 0) return state
  return { ...state, count: counted(state.count, added.length), list: { ...state.list, events: [...state.list.events, ...added] } }
}

/** Shows what was behind the pill. Only where nothing overflowed; otherwise the first page is read again. */
export function withFreshShown(state: TrailState): TrailState {
  if (state.list.status !== 'loaded' || state.fresh.overflow) return state
  return { ...state, list: { ...state.list, events: [...state.fresh.events, ...state.list.events] }, fresh: NOTHING_FRESH }
}

function nextOf(page: Page): NextPage {
  return page.after === null ? { status: 'end' } : { status: 'idle', after: page.after }
}

function unseen(seen: readonly TrailEvent[], events: readonly TrailEvent[]): readonly TrailEvent[] {
  const ids = new Set(seen.map((event) => event.id))
  return events.filter((event) => !ids.has(event.id))
}

function counted(count: TrailCount, more: number): TrailCount {
  if (count.status !== 'counted' || !count.exact) return count
  const value = count.value + more
  return value > COUNT_BOUND ? { status: 'counted', value: COUNT_BOUND, exact: false } : { status: 'counted', value, exact: true }
}
