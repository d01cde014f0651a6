import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeEventStore } from '../event-store.contract.ts'
import type { EventStore } from '../event-store.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { openThreadedSqliteStore } from './open-threaded-store.ts'

const stores: readonly [string, (file: string) => EventStore][] = [
  ['the SQLite store', (file) => openSqliteStore({ file, mode: 'write' })],
  ['the SQLite store with a writing thread', (file) => openThreadedSqliteStore({ file })],
]

for (const [name, open] of stores) {
  describeEventStore(name, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'annal-events-'))
    const file = join(folder, 'events.db')
    const store = open(file)
    return {
      store,
      startsEmpty: true,
      reopen: async () => {
        await store.close()
        return open(file)
      },
      cleanUp: async () => rmSync(folder, { recursive: true }),
    }
  })
}
