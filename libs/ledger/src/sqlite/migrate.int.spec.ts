import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { anEvent } from '../event-store.contract.ts'
import { NO_STREAM } from '../event-store.ts'
import { migrate, requireNewestSchema } from './migrate.ts'
import { migrateSqliteStore, openSqliteStore } from './open-sqlite-store.ts'
import { migrations } from './schema.ts'
import { temporaryFolders } from './temporary-folder.ts'

const STREAM = 'ws_migrate.aisystem-a'

describe('the schema of an event file', () => {
  const aFolder = temporaryFolders()

  const anEventFile = async () => {
    const file = join(aFolder(), 'events.db')
    const store = openSqliteStore({ file, mode: 'write' })
    await store.append(STREAM, NO_STREAM, [anEvent(STREAM, 0)])
    await store.close()
    return file
  }
  const sql = (file: string, statement: string) => {
    const db = new DatabaseSync(file)
    db.exec(statement)
    db.close()
  }

  it('refuses a file that a newer Annal wrote', async () => {
    const file = await anEventFile()
    sql(file, 'PRAGMA user_version = 99')
    for (const mode of ['write', 'read'] as const) {
      expect(() => openSqliteStore({ file, mode: mode as 'write' })).toThrow(
        expect.objectContaining({ name: 'StoreVersionMismatch', message: expect.stringContaining('a newer Annal wrote this folder') }),
      )
    }
    expect(() => migrateSqliteStore(file)).toThrow(expect.objectContaining({ name: 'StoreVersionMismatch' }))
  })

  it('asks for `annal migrate` where an older one wrote it', async () => {
    const file = await anEventFile()
    sql(file, 'PRAGMA user_version = 0')
    expect(() => openSqliteStore({ file, mode: 'write' })).toThrow(
      expect.objectContaining({ name: 'StoreVersionMismatch', message: expect.stringContaining('run `annal migrate`') }),
    )
    await expect(Promise.resolve().then(() => openSqliteStore({ file, mode: 'read' }))).rejects.toMatchObject({
      name: 'StoreVersionMismatch',
    })
  })

  it('refuses a file that is not an event file of Annal', () => {
    const file = join(aFolder(), 'other.db')
    sql(file, 'CREATE TABLE notes (text TEXT)')
    expect(() => openSqliteStore({ file, mode: 'write' })).toThrow(/expected an event file of Annal/)
    expect(() => migrateSqliteStore(file)).toThrow(/expected an event file of Annal/)
  })

  it('takes the steps that are missing, in order, and none twice', async () => {
    const file = await anEventFile()
    const steps = [
      ...migrations,
      { to: 2, sql: 'CREATE TABLE second (n INTEGER) STRICT; INSERT INTO second VALUES (2)' },
      { to: 3, sql: 'INSERT INTO second SELECT n + 1 FROM second' },
    ]
    const db = new DatabaseSync(file)
    expect(() => requireNewestSchema(db, steps)).toThrow(/expected schema version 3, found 1/)
    migrate(db, steps)
    migrate(db, steps)
    expect(
      db
        .prepare('SELECT n FROM second')
        .all()
        .map(({ n }) => n),
    ).toEqual([2, 3])
    expect(() => requireNewestSchema(db, steps)).not.toThrow()
    expect(db.prepare('SELECT count(*) AS n FROM event').get()?.n).toBe(1)
    db.close()
  })

  it('leaves the file as it was when a step fails', async () => {
    const file = await anEventFile()
    const db = new DatabaseSync(file)
    expect(() => migrate(db, [...migrations, { to: 2, sql: 'CREATE TABLE second (n INTEGER); INSERT INTO nowhere VALUES (1)' }])).toThrow(
      /nowhere/,
    )
    db.close()
    const store = openSqliteStore({ file, mode: 'write' })
    expect(await store.streamVersion(STREAM)).toBe(0)
    await store.close()
  })

  it('refuses to migrate under a running writer', async () => {
    const file = await anEventFile()
    const store = openSqliteStore({ file, mode: 'write' })
    expect(() => migrateSqliteStore(file)).toThrow(expect.objectContaining({ name: 'StoreLocked' }))
    await store.close()
    migrateSqliteStore(file)
  })
})
