import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StoreFull, StoreUnavailable, StoreVersionMismatch } from '../event-store.ts'
import { openPrivateDatabase, type PrivateDatabase } from './private-database.ts'

let folder: string
let database: PrivateDatabase

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-private-'))
  database = { what: 'key store', file: join(folder, 'keys.db'), applicationId: 7, steps: ['CREATE TABLE t (a BLOB)'] }
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('a transaction', () => {
  test('for which there is no room says so and changes nothing; with room it goes on', () => {
    const db = openPrivateDatabase(database, 'write')
    const pages = Number(db.prepare('PRAGMA page_count').get()?.page_count)
    db.prepare(`PRAGMA max_page_count = ${pages + 2}`).run()
    const write = () => db.transaction(() => db.prepare('INSERT INTO t VALUES (?)').run(new Uint8Array(100_000)))
    expect(write).toThrow(StoreFull)
    expect(write).toThrow('no room is left for the key store')
    expect(db.prepare('SELECT count(*) AS n FROM t').get()?.n).toBe(0)
    db.prepare('PRAGMA max_page_count = 1000000').run()
    write()
    expect(db.prepare('SELECT count(*) AS n FROM t').get()?.n).toBe(1)
    db.close()
  })

  test('that another keeps waiting says so and changes nothing', () => {
    const db = openPrivateDatabase(database, 'write')
    const other = new DatabaseSync(database.file)
    other.exec('BEGIN IMMEDIATE')
    expect(() => db.transaction(() => db.prepare('INSERT INTO t VALUES (1)').run())).toThrow(StoreUnavailable)
    other.close()
    db.transaction(() => db.prepare('INSERT INTO t VALUES (1)').run())
    db.close()
  })

  test('whose work fails is undone, and the failure comes out as it is', () => {
    const db = openPrivateDatabase(database, 'write')
    const failing = () =>
      db.transaction(() => {
        db.prepare('INSERT INTO t VALUES (1)').run()
        throw new RangeError('for a reason of its own')
      })
    expect(failing).toThrow(RangeError)
    expect(db.prepare('SELECT count(*) AS n FROM t').get()?.n).toBe(0)
    db.close()
  })
})

describe('the schema', () => {
  const newer = () => ({ ...database, steps: [...database.steps, 'ALTER TABLE t ADD COLUMN b TEXT; UPDATE t SET b = hex(a)'] })

  test('of an older file is brought up to date by the writer, with what stands in it', () => {
    const old = openPrivateDatabase(database, 'write')
    old.prepare(`INSERT INTO t VALUES (x'ab')`).run()
    old.close()
    expect(() => openPrivateDatabase(newer(), 'read')).toThrow(/at schema version 2, found 1: start the server once/)
    const db = openPrivateDatabase(newer(), 'write')
    expect(db.prepare('SELECT b FROM t').get()?.b).toBe('AB')
    db.close()
    openPrivateDatabase(newer(), 'read').close()
    for (const mode of ['write', 'read'] as const) expect(() => openPrivateDatabase(database, mode)).toThrow(StoreVersionMismatch)
  })

  test('is as it was when a step fails', () => {
    openPrivateDatabase(database, 'write').close()
    const broken = { ...database, steps: [...database.steps, 'ALTER TABLE t ADD COLUMN b; ALTER TABLE absent ADD COLUMN c'] }
    expect(() => openPrivateDatabase(broken, 'write')).toThrow()
    const db = openPrivateDatabase(database, 'write')
    expect(db.prepare('SELECT name FROM pragma_table_info(?)').all('t')).toHaveLength(1)
    db.close()
  })
})

test('what a connection needs to be durable and to leave nothing behind is set', () => {
  const db = openPrivateDatabase(database, 'write')
  const setting = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]
  expect(['journal_mode', 'synchronous', 'secure_delete', 'temp_store'].map(setting)).toEqual(['wal', 2, 1, 2])
  db.close()
})
