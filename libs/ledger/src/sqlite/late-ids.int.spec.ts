import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { anEvent, someEvents } from '../event-store.contract.ts'
import { type EventStore, type NewEvent, NO_STREAM } from '../event-store.ts'
import { INDEX_LATE_IDS } from './late-ids.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { temporaryFolders } from './temporary-folder.ts'

const STREAM = 'ws_ids.aisystem-a'
/** Enough for the index to be written twice, with a rest. */
const MANY = 5_500

describe('ids that are indexed late', () => {
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
    const row = db.prepare('SELECT (SELECT count(*) FROM event_id) AS ids, (SELECT position FROM event_id_end) AS end').get()
    db.close()
    return row
  }

  it('are known, found and refused before they are indexed and after, by this writer and the next, and by readers', async () => {
    const file = join(aFolder(), 'events.db')
    let store = openSqliteStore({ file, mode: 'write' })
    const events = await fill(store)
    const { ids, end } = indexed(file) ?? {}
    expect(ids).toBe(end)
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

  it('are indexed without reading what is indexed already', async () => {
    const file = join(aFolder(), 'events.db')
    await openSqliteStore({ file, mode: 'write' }).close()
    const db = new DatabaseSync(file, { readOnly: true })
    const [search, ...others] = db
      .prepare(`EXPLAIN QUERY PLAN ${INDEX_LATE_IDS}`)
      .all()
      .map(({ detail }) => detail)
    db.close()
    expect(search).toBe('SEARCH event USING INTEGER PRIMARY KEY (rowid>?)')
    expect(others).not.toContainEqual(expect.stringContaining('event_version'))
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

  it('stop the writer when the file holds one twice', async () => {
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
