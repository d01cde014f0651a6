import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeEventStore } from '../event-store.contract.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

describeEventStore('the SQLite store', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'annal-events-'))
  const file = join(folder, 'events.db')
  const store = openSqliteStore({ file, mode: 'write' })
  return {
    store,
    startsEmpty: true,
    reopen: async () => {
      await store.close()
      return openSqliteStore({ file, mode: 'write' })
    },
    cleanUp: async () => rmSync(folder, { recursive: true }),
  }
})
