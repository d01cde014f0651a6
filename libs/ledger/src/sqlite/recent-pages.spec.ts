import { describe, expect, it } from 'vitest'
import type { AllSlice, Position, RecordedEvent } from '../event-store.ts'
import { positionText } from './position-text.ts'
import { RecentPages } from './recent-pages.ts'

const event = (n: number, size = 10): RecordedEvent => ({
  position: positionText(n),
  stream: 'ws_a.model-cs',
  streamVersion: n,
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  type: 'DriftDetected',
  bytes: new Uint8Array(size),
  salt: new Uint8Array(16),
})

/** A record that grows, and how often it was read. */
async function aRecord(size = 10, subscriptions = 2) {
  const events: RecordedEvent[] = []
  let reads = 0
  const pages = new RecentPages(({ after, limit }: AllSlice) => {
    reads++
    return events.filter(({ position }) => after === null || position > after).slice(0, limit)
  })
  const never = new Promise<never>(() => undefined)
  const running = Array.from({ length: subscriptions }, () =>
    pages.shared(
      (async function* () {
        yield []
        await never
      })(),
    ),
  )
  for (const subscription of running) await subscription.next()
  return {
    pages,
    end: () => Promise.all(running.map((subscription) => subscription.return(undefined))),
    grow: (n: number) => {
      for (let i = 0; i < n; i++) events.push(event(events.length + 1, size))
    },
    reads: () => reads,
  }
}

const all = (after: Position | null, limit = 5): AllSlice => ({ after, limit })

describe('pages that several subscriptions ask for', () => {
  it('are read once, and hold the very same events', async () => {
    const { pages, grow, reads } = await aRecord()
    grow(7)
    const [first, second] = [pages.next(all(null)), pages.next(all(null))]
    expect(second[0]).toBe(first[0])
    expect(reads()).toBe(1)
  })

  it('lead everybody to the end, whatever was added meanwhile', async () => {
    const { pages, grow } = await aRecord()
    grow(3)
    const ahead = pages.next(all(null))
    grow(4)
    for (const start of [null, ahead.at(-1)?.position ?? null]) {
      const seen: number[] = start === null ? [] : ahead.map(({ streamVersion }) => streamVersion)
      for (let after = start, page = pages.next(all(after)); page.length > 0; page = pages.next(all(after))) {
        for (const { streamVersion } of page) seen.push(streamVersion)
        after = page.at(-1)?.position ?? null
      }
      expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7])
    }
  })

  it('are asked for anew where there was nothing', async () => {
    const { pages, grow } = await aRecord()
    expect(pages.next(all(null))).toEqual([])
    grow(1)
    expect(pages.next(all(null))).toHaveLength(1)
  })

  it('are not shared by those who want other types or longer pages', async () => {
    const { pages, grow, reads } = await aRecord()
    grow(7)
    pages.next(all(null))
    expect(pages.next(all(null, 6))).toHaveLength(6)
    pages.next({ ...all(null), types: ['DriftDetected'] })
    pages.next({ ...all(null), types: ['DriftDetected'] })
    expect(reads()).toBe(4)
  })

  it('are forgotten, the oldest first, when they take more than three mebibytes', async () => {
    const { pages, grow, reads } = await aRecord(2 ** 20)
    grow(4)
    for (const after of [null, event(1).position, event(2).position, event(3).position]) pages.next(all(after, 1))
    expect(reads()).toBe(4)
    pages.next(all(event(1).position, 1))
    expect(reads()).toBe(4)
    pages.next(all(null, 1))
    expect(reads()).toBe(5)
  })

  it('are forgotten when each subscription has read them', async () => {
    const { pages, grow, reads } = await aRecord(10, 3)
    grow(3)
    for (let subscription = 0; subscription < 3; subscription++) pages.next(all(null))
    expect(reads()).toBe(1)
    pages.next(all(null))
    expect(reads()).toBe(2)
  })

  it('are kept by nobody who subscribes alone, or when the others have gone', async () => {
    const { pages, grow, reads } = await aRecord(10, 1)
    grow(3)
    pages.next(all(null))
    pages.next(all(null))
    expect(reads()).toBe(2)
    const others = await aRecord()
    others.grow(3)
    others.pages.next(all(null))
    await others.end()
    others.pages.next(all(null))
    expect(others.reads()).toBe(2)
  })
})
