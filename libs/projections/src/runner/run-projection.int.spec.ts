import { setTimeout } from 'node:timers/promises'
import { LagHistogram, StoreUnavailable } from '@annal/ledger'
import { describe, expect, it, vi } from 'vitest'
import { textProjection } from '../audit-trail/text-projection.ts'
import {
  ArrayRecord,
  aStory,
  opener,
  runToEnd,
  smallTextIndex,
  smallTrailIndex,
  TrailFolder,
} from '../audit-trail/trail-fixtures.contract.ts'
import { trailProjection } from '../audit-trail/trail-projection.ts'
import type { Projection } from './projection.ts'
import { type ProjectionStatus, type RunningProjection, runProjection } from './run-projection.ts'

const many = (count: number) => Array.from({ length: count }, (_, i) => ({ ...aStory, workspace: `ws_${i % 3}`, note: `case${i}` }))

interface Running {
  readonly running: RunningProjection
  readonly stop: AbortController
  readonly seen: ProjectionStatus[]
}

function start<Tables>(
  folder: TrailFolder,
  record: ArrayRecord,
  projection: Projection<Tables>,
  more: { readonly lag?: LagHistogram; readonly mayRest?: () => boolean } = {},
): Running {
  const stop = new AbortController()
  const seen: ProjectionStatus[] = []
  const running = runProjection({
    projection,
    readModel: folder.views,
    events: record,
    signal: stop.signal,
    now: () => Date.parse('2026-03-01T08:00:00.020Z'),
    onStatus: (status) => seen.push(status),
    ...more,
  })
  return { running, stop, seen }
}

const follows = (record: ArrayRecord, seen: readonly ProjectionStatus[]) =>
  vi.waitFor(() => expect(seen.at(-1)).toEqual({ status: 'following', position: record.events.at(-1)!.position }), {
    interval: 5,
    timeout: 10_000,
  })

async function inFolder(work: (folder: TrailFolder) => Promise<void>): Promise<void> {
  const folder = new TrailFolder()
  try {
    await work(folder)
  } finally {
    await folder.close()
  }
}

/** Every row of every table of the live generation. */
async function contents(folder: TrailFolder): Promise<unknown> {
  return folder.views.transaction(async (session) => {
    const live = await session.registry.selectFrom('view').selectAll().where('status', '=', 'live').executeTakeFirstOrThrow()
    const { query } = session.tables<Record<string, Record<string, never>>>(trailProjection(smallTrailIndex), live.generation)
    const rows: Record<string, unknown> = {}
    for (const table of ['workspace', 'event', 'waiting', 'occurrence', 'set', 'frequent'])
      rows[table] = await query.selectFrom(table).selectAll().execute()
    return rows
  })
}

const generations = (folder: TrailFolder) =>
  folder.views.transaction(({ registry }) => registry.selectFrom('view').select(['generation', 'version', 'status']).execute())

describe('a running projection', () => {
  it('catches up, follows what comes, and goes on where it stopped', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(many(100))
      const lag = new LagHistogram()
      const first = start(folder, record, trailProjection(smallTrailIndex), { lag })
      await follows(record, first.seen)
      record.add(many(1))
      await follows(record, first.seen)
      expect([lag.count, lag.percentile(0.99)]).toEqual([101, 1.25 ** 14])
      first.stop.abort()
      expect(await first.running.ended).toEqual({ status: 'stopped' })
      record.add(many(60))
      const second = start(folder, record, trailProjection(smallTrailIndex))
      await follows(record, second.seen)
      second.stop.abort()
      await second.running.ended
      const whole = await contents(folder)
      await inFolder(async (other) => {
        await runToEnd({ projection: trailProjection(smallTrailIndex), readModel: other.views }, record)
        expect(await contents(other)).toEqual(whole)
      })
    }))

  it('rests while it may, is built anew all the same, and stops at once', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(many(10))
      let isRush = true
      const { running, stop, seen } = start(folder, record, trailProjection(smallTrailIndex), { mayRest: () => isRush })
      await setTimeout(200)
      expect(seen).toEqual([{ status: 'following', position: null }])
      isRush = false
      await follows(record, seen)
      isRush = true
      record.add(many(5))
      expect(await running.rebuild()).toEqual({ status: 'switched' })
      const before = performance.now()
      stop.abort()
      expect(await running.ended).toEqual({ status: 'stopped' })
      expect(performance.now() - before).toBeLessThan(5_000)
    }))

  it.each([
    ['has not come as far again', 4],
    ['has come just as far with other events', 10],
    ['has come further with other events', 25],
  ])('makes a view anew when the record went back and %s', (_how, others) =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(many(100))
      await runToEnd({ projection: trailProjection(smallTrailIndex), readModel: folder.views }, record)
      record.events.splice(90)
      record.add(many(others).map((story) => ({ ...story, stream: 'aisystem-other' })))
      const { running, stop, seen } = start(folder, record, trailProjection(smallTrailIndex))
      await follows(record, seen)
      stop.abort()
      await running.ended
      const anew = await contents(folder)
      await inFolder(async (other) => {
        await runToEnd({ projection: trailProjection(smallTrailIndex), readModel: other.views }, record)
        expect(await contents(other)).toEqual(anew)
      })
    }),
  )

  it('goes on with a view of a release that did not keep which event it applied last', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(many(10))
      await runToEnd({ projection: trailProjection(smallTrailIndex), readModel: folder.views }, record)
      await folder.views.transaction(({ registry }) => registry.updateTable('view').set({ event: null }).execute())
      record.add(many(5))
      await runToEnd({ projection: trailProjection(smallTrailIndex), readModel: folder.views }, record)
      expect(await generations(folder)).toEqual([{ generation: 1, version: 1, status: 'live' }])
    }))

  it('tries again while the store is out of reach, and misses nothing', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(many(10))
      record.unreachable = true
      const { running, stop, seen } = start(folder, record, trailProjection(smallTrailIndex))
      await vi.waitFor(() => expect(seen.filter(({ status }) => status === 'waiting')).toHaveLength(2))
      expect(seen.find(({ status }) => status === 'waiting')).toMatchObject({
        attempt: 1,
        retryInMs: 100,
        reason: expect.any(StoreUnavailable),
      })
      record.unreachable = false
      await follows(record, seen)
      record.unreachable = true
      record.add(many(5))
      await vi.waitFor(() => expect(seen.at(-1)?.status).toBe('waiting'))
      record.unreachable = false
      await follows(record, seen)
      stop.abort()
      expect(await running.ended).toEqual({ status: 'stopped' })
    }))

  it('stops at an event that it cannot apply, with all before it and nothing behind it', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(many(10))
      const trail = trailProjection(smallTrailIndex)
      await runToEnd({ projection: trail, readModel: folder.views }, record)
      record.add(many(5))
      record.events[12] = { ...record.events[12]!, bytes: Buffer.from('{"no":"envelope"}') }
      const { running, seen } = start(folder, record, trail)
      expect(await running.ended).toMatchObject({ status: 'failed', reason: { name: 'StoreCorrupt' } })
      expect(seen.at(-1)?.status).toBe('failed')
      const visible = await folder.views.transaction(({ registry }) =>
        registry.selectFrom('view').select('position').executeTakeFirstOrThrow(),
      )
      expect(visible.position).toBe(record.events[9]!.position)
    }))

  it('does not write beside another runner', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(many(10))
      const one = start(folder, record, trailProjection(smallTrailIndex))
      const two = start(folder, record, trailProjection(smallTrailIndex))
      const ended = await Promise.race([one.running.ended, two.running.ended])
      expect(ended).toMatchObject({ status: 'failed', reason: { message: expect.stringContaining('only one runner') } })
      one.stop.abort()
      two.stop.abort()
      await Promise.all([one.running.ended, two.running.ended])
    }))
})

describe('a rebuild', () => {
  it('gives the same rows beside the old ones, then takes their place, while events come', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(many(200))
      const { running, stop, seen } = start(folder, record, trailProjection(smallTrailIndex))
      await follows(record, seen)
      const before = await contents(folder)
      const rebuilt = running.rebuild()
      expect(await rebuilt).toEqual({ status: 'switched' })
      expect(await contents(folder)).toEqual(before)
      expect(await generations(folder)).toEqual([{ generation: 2, version: 1, status: 'live' }])
      record.add(many(40))
      await follows(record, seen)
      const again = running.rebuild()
      record.add(many(10))
      expect(await again).toEqual({ status: 'switched' })
      record.add(many(10))
      await follows(record, seen)
      stop.abort()
      await running.ended
      const whole = await contents(folder)
      await inFolder(async (other) => {
        await runToEnd({ projection: trailProjection(smallTrailIndex), readModel: other.views }, record)
        expect(await contents(other)).toEqual(whole)
      })
    }))

  it('comes first when the view is of another version, and readers keep the old one until then', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(many(50))
      await runToEnd({ projection: { ...trailProjection(smallTrailIndex), version: 0 }, readModel: folder.views }, record)
      record.add(many(50))
      let whileBuilding: unknown
      const trail = trailProjection(smallTrailIndex)
      const watched: typeof trail = {
        ...trail,
        apply: async (tables, events) => {
          whileBuilding ??= await tables.query.selectFrom('event').select('number').execute()
          await trail.apply(tables, events)
        },
      }
      const { running, stop, seen } = start(folder, record, watched)
      await follows(record, seen)
      expect(whileBuilding).toEqual([])
      expect(await generations(folder)).toEqual([{ generation: 2, version: 1, status: 'live' }])
      stop.abort()
      await running.ended
    }))

  it('that was interrupted goes on with the next start', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(many(100))
      const trail = trailProjection(smallTrailIndex)
      await runToEnd({ projection: trail, readModel: folder.views }, record)
      let applied = 0
      const interrupted = new AbortController()
      const slow: typeof trail = {
        ...trail,
        apply: async (tables, events) => {
          await trail.apply(tables, events)
          applied += events.length
          interrupted.abort()
        },
      }
      const part = new ArrayRecord()
      part.events.push(...record.events.slice(0, 40))
      const events: Pick<ArrayRecord, 'subscribe' | 'findEvent'> = {
        subscribe: (from) => part.subscribe(from),
        findEvent: (stream, id) => record.findEvent(stream, id),
      }
      const first = runProjection({ projection: slow, readModel: folder.views, events, signal: interrupted.signal, now: Date.now })
      expect(await first.rebuild()).toEqual({ status: 'stopped' })
      expect(applied).toBe(40)
      expect(await generations(folder)).toHaveLength(2)
      record.add(many(1))
      const { running, stop, seen } = start(folder, record, trail)
      await vi.waitFor(async () => expect(await generations(folder)).toEqual([{ generation: 2, version: 1, status: 'live' }]))
      record.add(many(1))
      await follows(record, seen)
      stop.abort()
      await running.ended
    }))

  it('of an empty record is a switch to nothing', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord()
      const { running, stop } = start(folder, record, trailProjection(smallTrailIndex))
      expect(await running.rebuild()).toEqual({ status: 'switched' })
      stop.abort()
      await running.ended
    }))

  it('of the text leaves out what can no longer be opened', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(Array.from({ length: 70 }, (_, i) => ({ ...aStory, sealed: i % 2 === 0, note: `unspeakable${i}` })))
      await folder.catchUp(record)
      const destroyed = new Set([record.events[4]!.id, record.events[68]!.id])
      const stop = new AbortController()
      const projection = textProjection(opener(destroyed), smallTextIndex)
      const running = runProjection({ projection, readModel: folder.search, events: record, signal: stop.signal, now: Date.now })
      expect(await running.rebuild()).toEqual({ status: 'switched' })
      const found = async (text: string) => (await folder.trail.count('ws_a', { text }, 100)).value
      expect(
        await Promise.all([found('unspeakable4'), found('unspeakable68'), found('unspeakable6'), found('unspeakable*'), found('changed')]),
      ).toEqual([0, 0, 1, 68, 70])
      stop.abort()
      await running.ended
    }))
})
