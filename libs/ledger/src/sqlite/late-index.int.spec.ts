import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anEvent, someEvents } from '../event-store.contract.ts'
import { type EventStore, type NewEvent, NO_STREAM } from '../event-store.ts'
import { INDEX_LATE_ROWS } from './late-index.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { temporaryFolders } from './temporary-folder.ts'

const STREAM = 'ws_ids.aisystem-a'
/** Enough for the index to be written twice, with a rest. */
const MANY = 5_500

describe('events that are indexed late', () => {
  const aFolder = temporaryFolders()

  const fill = async (store: EventStore): Promise<NewEvent[]> => {
    const events = someEvents(STREAM, 0, MANY)
    for (let from = 0; from < MANY; from += 500) {
      await store.append(STREAM, from - 1, events.slice(from, from + 500))
      await setImmediate()
      await setImmediate()
    }
    return events
  }
  const indexed = (file: string) => {
    const db = new DatabaseSync(file, { readOnly: true })
    const row = db
      .prepare(
        'SELECT (SELECT count(*) FROM event_id) AS ids, (SELECT count(*) FROM event_version) AS versions, (SELECT position FROM indexed) AS end',
      )
      .get()
    db.close()
    return row
  }

  it('are known, found and refused before they are indexed and after, by this writer and the next, and by readers', async () => {
    const file = join(aFolder(), 'events.db')
    let store = openSqliteStore({ file, mode: 'write' })
    const events = await fill(store)
    const { ids, versions, end } = indexed(file) ?? {}
    expect([ids, versions]).toEqual([end, end])
    expect(Number(end)).toBeGreaterThanOrEqual(4_000)
    expect(Number(end)).toBeLessThan(MANY)
    const reader = openSqliteStore({ file, mode: 'read' })
    for (const again of [false, true]) {
      for (const at of [0, 1, 2499, 2500, 4999, 5000, 5498, 5499]) {
        const { id } = events[at]!
        for (const one of [store, reader]) expect((await one.findEvent(STREAM, id))?.streamVersion).toBe(at)
        expect(await store.append(STREAM, MANY - 1, [anEvent(STREAM, MANY), anEvent(STREAM, MANY + 1, { id })])).toEqual({
          status: 'known',
          ids: [id],
        })
      }
      if (again) continue
      await store.close()
      store = openSqliteStore({ file, mode: 'write' })
    }
    await reader.close()
    await store.close()
  })

  it('are read in slices as if all were indexed, by writer and reader', async () => {
    const file = join(aFolder(), 'events.db')
    const store = openSqliteStore({ file, mode: 'write' })
    await fill(store)
    const reader = openSqliteStore({ file, mode: 'read' })
    const near = fc.oneof(fc.constantFrom(0, 2499, 2500, 4998, 4999, 5000, 5001, 5499, 5500), fc.nat(MANY + 10))
    await fc.assert(
      fc.asyncProperty(near, fc.integer({ min: 1, max: 700 }), fc.boolean(), async (from, limit, isForwards) => {
        const expected = isForwards
          ? range(from, Math.min(MANY, from + limit))
          : range(Math.max(0, Math.min(from, MANY - 1) - limit + 1), Math.min(from, MANY - 1) + 1).reverse()
        for (const one of [store, reader]) {
          const slice = await one.readStream(STREAM, { from, direction: isForwards ? 'forwards' : 'backwards', limit })
          expect(slice.map(({ streamVersion }) => streamVersion)).toEqual(expected)
        }
      }),
      { numRuns: 150, interruptAfterTimeLimit: 3_000, markInterruptAsFailure: false },
    )
    for (const one of [store, reader]) {
      expect(await one.streamVersion(STREAM)).toBe(MANY - 1)
      expect((await one.readStream(STREAM, { direction: 'backwards', limit: 1 }))[0]?.streamVersion).toBe(MANY - 1)
      expect((await one.readStream(STREAM, { direction: 'forwards', limit: 1 }))[0]?.streamVersion).toBe(0)
    }
    await reader.close()
    await store.close()
  })

  it('are indexed without reading what is indexed already', async () => {
    const file = join(aFolder(), 'events.db')
    await openSqliteStore({ file, mode: 'write' }).close()
    const db = new DatabaseSync(file, { readOnly: true })
    for (const statement of INDEX_LATE_ROWS) {
      const steps = db.prepare(`EXPLAIN QUERY PLAN ${statement}`).all()
      expect(steps.map(({ detail }) => detail)).toEqual([
        'SEARCH event USING INTEGER PRIMARY KEY (rowid>?)',
        'SCALAR SUBQUERY 1',
        'SCAN indexed',
        'USE TEMP B-TREE FOR ORDER BY',
      ])
    }
    db.close()
  })

  it('are known within a turn, and forgotten with what failed in it', async () => {
    const store = openSqliteStore({ file: join(aFolder(), 'events.db'), mode: 'write' })
    const id = '00000000-0000-4000-8000-000000000001'
    const outcomes = await Promise.all([
      store.append(STREAM, NO_STREAM, [anEvent(STREAM, 0, { id })]),
      store.append(STREAM, 0, [anEvent(STREAM, 1, { id })]),
      store.append(STREAM, 0, [anEvent(STREAM, 1)]),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['appended', 'known', 'appended'])
    await store.close()
  })

  it('stop the writer when the file holds an id twice in a stream', async () => {
    const file = join(aFolder(), 'events.db')
    let store = openSqliteStore({ file, mode: 'write' })
    const [first] = someEvents(STREAM, 0, 1)
    await store.append(STREAM, NO_STREAM, [first!, anEvent(STREAM, 1)])
    await store.close()
    const db = new DatabaseSync(file)
    db.exec('UPDATE event SET id = (SELECT id FROM event WHERE version = 0) WHERE version = 1')
    db.close()
    store = openSqliteStore({ file, mode: 'write' })
    const others = 'ws_ids.aisystem-b'
    for (let from = 0; from < 2_500; from += 500) {
      await store.append(others, from - 1, someEvents(others, from, 500))
      await setImmediate()
      await setImmediate()
      if (from >= 2_000) break
    }
    await expect(store.append('ws_ids.aisystem-c', NO_STREAM, someEvents('ws_ids.aisystem-c', 0, 1))).rejects.toMatchObject({
      name: 'StoreCorrupt',
    })
    await store.close()
  })
})

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
