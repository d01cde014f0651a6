import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Answer, Problem } from '../../graphql/problem.ts'
import type { TrailEvent, TrailOrder } from '../trail-documents.ts'
import type { TailSink } from './live-tail.ts'
import { openTrailFeed, type TrailFeed } from './trail-feed.ts'
import type { Page } from './trail-state.ts'
import { FRESH_BOUND } from './trail-state.ts'

/** A record in memory: event n stands at position n. */
class FakeRecord {
  readonly events: TrailEvent[] = []
  failing: Problem | null = null
  sinks = new Set<{ sink: TailSink; sent: number }>()
  connections = 0
  reachable = true

  append(count = 1): void {
    for (let n = 0; n < count; n++) this.events.push(event(this.events.length + 1))
    for (const connection of this.sinks) this.flush(connection)
  }

  drop(how: 'lost' | 'refused' = 'lost'): void {
    for (const { sink } of [...this.sinks]) sink.ended(how)
    this.sinks.clear()
  }

  source(order: TrailOrder, pageLength = 3) {
    return {
      order,
      page: async (after: string | null): Promise<Answer<Page>> => {
        if (this.failing) return { status: 'failed', problem: this.failing }
        const inOrder = order === 'NEWEST_FIRST' ? this.events.toReversed() : [...this.events]
        const from = after === null ? 0 : inOrder.findIndex(({ position }) => position === after) + 1
        const events = inOrder.slice(from, from + pageLength)
        const more = inOrder.length > from + pageLength
        return { status: 'answered', data: { events, after: more ? (events.at(-1)?.position ?? null) : null } }
      },
      count: async () => ({ status: 'answered', data: { value: this.events.length, exact: true } }) as const,
      end: async (): Promise<Answer<string | null>> => ({ status: 'answered', data: this.events.at(-1)?.position ?? null }),
      tail: (after: string | null, sink: TailSink) => {
        this.connections++
        if (!this.reachable) {
          queueMicrotask(() => sink.ended('lost'))
          return () => {}
        }
        const connection = { sink, sent: after === null ? this.events.length : Number(after) }
        this.sinks.add(connection)
        sink.opened()
        this.flush(connection)
        return () => this.sinks.delete(connection)
      },
    }
  }

  private flush(connection: { sink: TailSink; sent: number }): void {
    for (const missed of this.events.slice(connection.sent)) connection.sink.event(missed)
    connection.sent = this.events.length
  }
}

function event(n: number): TrailEvent {
  return {
    id: `id-${n}`,
    type: 'BiasAudited',
    stream: 'acme.model-cs',
    streamVersion: String(n),
    position: String(n),
    about: ['model:cs'],
    actor: { kind: 'SERVICE', id: 'svc_x' },
    occurredAt: '2026-01-01T00:00:00.000Z',
    recordedAt: '2026-01-01T00:00:00.000Z',
    correlationId: null,
    summary: `event ${n}`,
  }
}

const shown = (feed: TrailFeed) => {
  const { list } = feed.state()
  return list.status === 'loaded' ? list.events.map(({ position }) => Number(position)) : list.status
}
const behindThePill = (feed: TrailFeed) => feed.state().fresh.events.map(({ position }) => Number(position))
const settle = (milliseconds = 200) => vi.advanceTimersByTimeAsync(milliseconds)

describe('the trail feed', () => {
  let record: FakeRecord
  beforeEach(() => {
    vi.useFakeTimers()
    record = new FakeRecord()
  })
  afterEach(() => vi.useRealTimers())

  it('shows the newest page, counts, and pages on demand', async () => {
    record.append(7)
    const feed = openTrailFeed(record.source('NEWEST_FIRST'))
    await settle()
    expect(shown(feed)).toEqual([7, 6, 5])
    expect(feed.state().count).toEqual({ status: 'counted', value: 7, exact: true })
    feed.more()
    feed.more()
    await settle()
    expect(shown(feed)).toEqual([7, 6, 5, 4, 3, 2])
    feed.more()
    await settle()
    feed.more()
    await settle()
    expect(shown(feed)).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect(feed.state().list).toMatchObject({ next: { status: 'end' } })
  })

  it('keeps new events behind the pill until they are asked for', async () => {
    record.append(2)
    const feed = openTrailFeed(record.source('NEWEST_FIRST'))
    await settle()
    record.append(2)
    await settle()
    expect(shown(feed)).toEqual([2, 1])
    expect(behindThePill(feed)).toEqual([4, 3])
    expect(feed.state().count).toEqual({ status: 'counted', value: 4, exact: true })
    feed.showFresh()
    expect(shown(feed)).toEqual([4, 3, 2, 1])
    expect(behindThePill(feed)).toEqual([])
  })

  it('says that the connection is lost, and catches up without gap or repeat', async () => {
    record.append(1)
    const feed = openTrailFeed(record.source('NEWEST_FIRST'))
    await settle()
    expect(feed.state().tail.status).toBe('live')
    record.reachable = false
    record.drop()
    record.append(3)
    await settle(5_000)
    expect(feed.state().tail.status).toBe('lost')
    expect(behindThePill(feed)).toEqual([])
    record.reachable = true
    await settle(15_000)
    expect(feed.state().tail.status).toBe('live')
    expect(behindThePill(feed)).toEqual([4, 3, 2])
  })

  it('tries again at once when told to', async () => {
    record.append(1)
    const feed = openTrailFeed(record.source('NEWEST_FIRST'))
    await settle()
    record.drop()
    record.append(1)
    feed.retry()
    await settle()
    expect(behindThePill(feed)).toEqual([2])
  })

  it('pauses and goes on where it stopped', async () => {
    record.append(1)
    const feed = openTrailFeed(record.source('NEWEST_FIRST'))
    await settle()
    feed.pause()
    record.append(2)
    await settle(60_000)
    expect(feed.state().tail.status).toBe('paused')
    expect(behindThePill(feed)).toEqual([])
    feed.resume()
    await settle()
    expect(behindThePill(feed)).toEqual([3, 2])
  })

  it('stops following when the server no longer takes the session', async () => {
    record.append(1)
    const feed = openTrailFeed(record.source('NEWEST_FIRST'))
    await settle()
    record.drop('refused')
    await settle(60_000)
    expect(feed.state().tail.status).toBe('refused')
    expect(record.connections).toBe(1)
  })

  it('follows an empty record from its first event', async () => {
    const feed = openTrailFeed(record.source('NEWEST_FIRST'))
    await settle()
    expect(shown(feed)).toEqual([])
    record.append(1)
    await settle()
    expect(behindThePill(feed)).toEqual([1])
  })

  it('keeps a bounded number unseen, and reads anew to show more', async () => {
    record.append(1)
    const feed = openTrailFeed(record.source('NEWEST_FIRST'))
    await settle()
    record.append(FRESH_BOUND + 5)
    await settle()
    expect(feed.state().fresh.events).toHaveLength(FRESH_BOUND)
    expect(feed.state().fresh.overflow).toBe(true)
    feed.showFresh()
    await settle()
    expect(shown(feed)).toEqual([FRESH_BOUND + 6, FRESH_BOUND + 5, FRESH_BOUND + 4])
    expect(feed.state().fresh).toEqual({ events: [], overflow: false })
  })

  it('oldest first: follows from the end of the list only, and adds there', async () => {
    record.append(4)
    const feed = openTrailFeed(record.source('OLDEST_FIRST'))
    await settle()
    record.append(1)
    await settle()
    expect(shown(feed)).toEqual([1, 2, 3])
    expect(feed.state().tail.status).toBe('waiting')
    feed.more()
    await settle()
    record.append(2)
    await settle()
    expect(shown(feed)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(behindThePill(feed)).toEqual([])
  })

  it('says why a page could not be read, and reads it when asked again', async () => {
    const problem: Problem = { kind: 'unreachable', message: 'The server can’t be reached.', correlationId: null }
    record.append(5)
    record.failing = problem
    const feed = openTrailFeed(record.source('NEWEST_FIRST'))
    await settle()
    expect(feed.state().list).toEqual({ status: 'failed', problem })
    record.failing = null
    feed.reload()
    await settle()
    expect(shown(feed)).toEqual([5, 4, 3])
    record.failing = problem
    feed.more()
    await settle()
    expect(feed.state().list).toMatchObject({ next: { status: 'failed', problem } })
    record.failing = null
    feed.more()
    await settle()
    expect(shown(feed)).toEqual([5, 4, 3, 2, 1])
  })

  it('loses and doubles nothing, whatever happens in between', async () => {
    const step = fc.constantFrom('append', 'drop', 'pause', 'resume', 'show', 'away', 'back', 'wait', 'retry')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.integer({ min: 0, max: 3 }), async (steps, before) => {
        record = new FakeRecord()
        record.append(before)
        const feed = openTrailFeed(record.source('NEWEST_FIRST', 100))
        await settle()
        const doings: Record<(typeof steps)[number], () => unknown> = {
          append: () => record.append(2),
          drop: () => record.drop(),
          pause: feed.pause,
          resume: feed.resume,
          show: feed.showFresh,
          away: () => {
            record.reachable = false
          },
          back: () => {
            record.reachable = true
          },
          wait: () => settle(3_000),
          retry: feed.retry,
        }
        for (const name of steps) await doings[name]()
        record.reachable = true
        feed.resume()
        await settle(20_000)
        feed.showFresh()
        expect(shown(feed)).toEqual(record.events.map(({ position }) => Number(position)).toReversed())
        feed.close()
      }),
      { numRuns: 300 },
    )
  })

  it.each(['NEWEST_FIRST', 'OLDEST_FIRST'] as const)('follows nothing in the past: %s', async (order) => {
    record.append(4)
    const feed = openTrailFeed({ ...record.source(order), tail: null })
    await settle()
    feed.more()
    await settle()
    record.append()
    await settle()
    expect(feed.state().tail.status).toBe('past')
    expect(record.connections).toBe(0)
    expect(feed.state().list).toMatchObject({ status: 'loaded', next: { status: 'end' } })
    feed.close()
  })
})
