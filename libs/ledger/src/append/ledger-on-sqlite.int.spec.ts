import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts'
import { openThreadedSqliteStore } from '../sqlite/open-threaded-store.ts'
import { describeLedger } from './ledger.contract.ts'

describeLedger('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'annal-ledger-'))
  return {
    store: openSqliteStore({ file: join(folder, 'events.db'), mode: 'write' }),
    cleanUp: async () => rmSync(folder, { recursive: true }),
  }
})

describeLedger('SQLite with a writing thread', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'annal-ledger-'))
  return {
    store: openThreadedSqliteStore({ file: join(folder, 'events.db') }),
    cleanUp: async () => rmSync(folder, { recursive: true }),
  }
})
