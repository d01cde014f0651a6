import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { anEvent, someEvents } from '../event-store.contract.ts'
import { NO_STREAM } from '../event-store.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { temporaryFolders } from './temporary-folder.ts'

const STREAM = 'ws_corrupt.aisystem-a'

describe('given a file that somebody changed', () => {
  const aFolder = temporaryFolders()

  it.each([
    ['the type', "UPDATE event SET type = 'SystemRetired' WHERE version = 1"],
    ['the id', "UPDATE event SET id = x'00000000000000000000000000000000' WHERE version = 1"],
    ['the version', 'UPDATE event SET version = 7 WHERE version = 1'],
    ['the stream', "UPDATE stream SET name = 'ws_corrupt.aisystem-b'"],
    ['the workspace', "UPDATE stream SET name = 'ws_corrupt2.aisystem-a'"],
    [
      'the bytes',
      'UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), \'"streamVersion":1\', \'"streamVersion":2\') AS BLOB) WHERE version = 1',
    ],
    ['the end of the bytes', 'UPDATE event SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE version = 1'],
    ['all of the bytes', "UPDATE event SET bytes = x'' WHERE version = 1"],
    ['rows for one another', 'UPDATE event SET bytes = (SELECT bytes FROM event WHERE version = 2) WHERE version = 1'],
  ])('stops reading when a row and its bytes differ: %s', async (_, change) => {
    const file = join(aFolder(), 'events.db')
    const store = openSqliteStore({ file, mode: 'write' })
    await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 3))
    await store.close()
    const db = new DatabaseSync(file)
    db.exec(change)
    db.close()
    const reader = openSqliteStore({ file, mode: 'read' })
    await expect(reader.readAll({ after: null, limit: 10 })).rejects.toMatchObject({ name: 'StoreCorrupt' })
    await reader.close()
  })

  it('refuses a file that is no database', () => {
    const file = join(aFolder(), 'events.db')
    writeFileSync(file, 'not a database, whatever its name says'.repeat(100))
    expect(() => openSqliteStore({ file, mode: 'write' })).toThrow(expect.objectContaining({ name: 'StoreCorrupt' }))
    expect(() => openSqliteStore({ file, mode: 'read' })).toThrow(expect.objectContaining({ name: 'StoreCorrupt' }))
  })

  it('writes nothing that it could not read back', async () => {
    const store = openSqliteStore({ file: join(aFolder(), 'events.db'), mode: 'write' })
    const event = anEvent(STREAM, 0)
    await expect(store.append(STREAM, NO_STREAM, [])).rejects.toThrow(/at least one event/)
    await expect(store.append('ws_corrupt.aisystem-b', NO_STREAM, [event])).rejects.toThrow(/not what its bytes say/)
    await expect(store.append(STREAM, NO_STREAM, [{ ...event, id: event.id.toUpperCase() }])).rejects.toThrow()
    await expect(store.append(STREAM, NO_STREAM, [{ ...event, salt: new Uint8Array(15) }])).rejects.toThrow(/salt of 16 bytes/)
    await expect(store.append(STREAM, 3, [event])).rejects.toThrow(/expected stream version 4, found 0/)
    await expect(store.append(STREAM, NO_STREAM, [event, anEvent(STREAM, 1, { id: event.id })])).rejects.toThrow(/each id once/)
    expect(await store.head()).toBeNull()
    await store.close()
  })
})
