import type { Answer } from '../../graphql/problem.ts'
import type { TrailOrder } from '../trail-documents.ts'
import { type ConnectTail, type LiveTail, openLiveTail } from './live-tail.ts'
import {
  type Page,
  type TrailState,
  untouched,
  withArrivedAtEnd,
  withFirstPage,
  withFresh,
  withFreshShown,
  withNext,
  withNextPage,
} from './trail-state.ts'

/** Where a trail's events come from: one filter in one order. */
export interface TrailSource {
  readonly order: TrailOrder
  readonly page: (after: string | null) => Promise<Answer<Page>>
  readonly count: () => Promise<Answer<{ readonly value: number; readonly exact: boolean }>>
  /** The position of the newest event of the workspace, whatever the filter. */
  readonly end: () => Promise<Answer<string | null>>
  /** Null: what is asked for is past, and doesn't change. */
  readonly tail: ConnectTail | null
}

export interface TrailFeed {
  readonly state: () => TrailState
  readonly subscribe: (listener: () => void) => () => void
  readonly more: () => void
  readonly reload: () => void
  readonly showFresh: () => void
  readonly pause: () => void
  readonly resume: () => void
  readonly retry: () => void
  readonly close: () => void
}

/** Reads the first page and the count, then follows the record; further pages come on demand. */
export function openTrailFeed(source: TrailSource): TrailFeed {
  let state = untouched
  let tail: LiveTail | null = null
  let paused = false
  /** Counts the reloads, so that an answer to an earlier one is dropped. */
  let reading = 0
  const listeners = new Set<() => void>()

  function set(next: TrailState): void {
    if (next === state) return
    state = next
    for (const listener of listeners) listener()
  }

  function stopTail(): void {
    tail?.close()
    tail = null
  }

  function follow(connect: ConnectTail, after: string | null): void {
    stopTail()
    tail = openLiveTail({
      after,
      connect,
      arrived: (events) => set(source.order === 'NEWEST_FIRST' ? withFresh(state, events) : withArrivedAtEnd(state, events)),
      changed: (status) => {
        set({ ...state, tail: { status } })
        if (status === 'live' && after === null) void lookAgain(reading)
      },
    })
    if (paused) tail.pause()
  }

  /** A tail of an empty record has no position to resume behind: whatever was recorded before it stood is read instead. */
  async function lookAgain(mine: number): Promise<void> {
    const page = await source.page(null)
    if (mine !== reading || page.status === 'failed') return
    if (page.data.after !== null) return load()
    set(source.order === 'NEWEST_FIRST' ? withFresh(state, page.data.events.toReversed()) : withArrivedAtEnd(state, page.data.events))
  }

  async function load(): Promise<void> {
    const mine = ++reading
    stopTail()
    set({ ...untouched, tail: { status: source.tail === null ? 'past' : paused ? 'paused' : 'waiting' } })
    void countAll(mine)
    const first = await firstPage()
    if (mine !== reading) return
    if (first.status === 'failed') return set({ ...state, list: { status: 'failed', problem: first.problem } })
    set(withFirstPage(state, first.data.page))
    if (source.tail !== null && first.data.follow !== undefined) follow(source.tail, first.data.follow)
  }

  /** The first page and the position behind which nothing has been seen; undefined where the tail waits for the end of the list. */
  async function firstPage(): Promise<Answer<{ page: Page; follow: string | null | undefined }>> {
    const first = await source.page(null)
    if (first.status === 'failed') return first
    const position = followPosition(first.data)
    if (position !== null) return { status: 'answered', data: { page: first.data, follow: position } }
    if (first.data.after !== null || source.tail === null) return { status: 'answered', data: { page: first.data, follow: undefined } }
    // Nothing matches yet, so no event says where to follow from: take the record's end, then look again for what came in between.
    const end = await source.end()
    if (end.status === 'failed') return end
    const again = await source.page(null)
    if (again.status === 'failed') return again
    return { status: 'answered', data: { page: again.data, follow: followPosition(again.data) ?? end.data } }
  }

  function followPosition(page: Page): string | null {
    if (source.order === 'NEWEST_FIRST') return page.events[0]?.position ?? null
    return page.after === null ? (page.events.at(-1)?.position ?? null) : null
  }

  async function countAll(mine: number): Promise<void> {
    const count = await source.count()
    if (mine !== reading) return
    set({ ...state, count: count.status === 'answered' ? { status: 'counted', ...count.data } : { status: 'failed' } })
  }

  async function loadNext(after: string): Promise<void> {
    const mine = reading
    set(withNext(state, { status: 'loading', after }))
    const next = await source.page(after)
    if (mine !== reading) return
    if (next.status === 'failed') return set(withNext(state, { status: 'failed', after, problem: next.problem }))
    set(withNextPage(state, next.data))
    const last = state.list.status === 'loaded' ? state.list.events.at(-1) : undefined
    if (source.tail !== null && source.order === 'OLDEST_FIRST' && next.data.after === null && last) follow(source.tail, last.position)
  }

  void load()

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    more: () => {
      if (state.list.status !== 'loaded') return
      const { next } = state.list
      if (next.status === 'idle' || next.status === 'failed') void loadNext(next.after)
    },
    reload: () => void load(),
    showFresh: () => (state.fresh.overflow ? void load() : set(withFreshShown(state))),
    pause: () => {
      paused = true
      tail ? tail.pause() : set({ ...state, tail: { status: 'paused' } })
    },
    resume: () => {
      paused = false
      tail ? tail.resume() : set({ ...state, tail: { status: 'waiting' } })
    },
    retry: () => tail?.retry(),
    close: () => {
      reading++
      stopTail()
    },
  }
}
