import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openKeyStore } from '../keys/open-key-store.ts'
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts'
import { temporaryFolders } from '../sqlite/temporary-folder.ts'
import type { EventDraft } from './event-draft.ts'
import { openLedger } from './open-ledger.ts'

const temporaryFolder = temporaryFolders()
const stream = 'ws_still.model-cs'

function draft(to = stream): EventDraft {
  return {
    id: randomUUID(),
    type: 'ModelRegistered',
    version: 1,
    workspace: 'ws_still',
    stream: to,
    about: [],
    actor: { kind: 'service', id: 'svc' },
    occurredAt: '2026-05-04T10:00:00.000Z',
    correlationId: null,
    causationId: null,
    data: {},
    sealed: [],
    expectedVersion: null,
  }
}

it('lets appends to a stream that is kept still wait, and those to others through', async () => {
  const folder = temporaryFolder()
  const store = openSqliteStore({ file: join(folder, 'events.db'), mode: 'write' })
  const keys = openKeyStore({ file: join(folder, 'keys.db'), masterKey: createSecretKey(randomBytes(32)), mode: 'write' })
  const ledger = openLedger({ store, keys, now: () => Date.now() })
  await ledger.append([draft()])
  let waited: Promise<unknown> = Promise.resolve()
  const during = await ledger.whileStill(stream, async () => {
    waited = ledger.append([draft()])
    const [other] = await ledger.append([draft('ws_still.model-other')])
    return { other, version: await store.streamVersion(stream) }
  })
  expect(during).toMatchObject({ other: { status: 'recorded' }, version: 0 })
  await waited
  expect(await store.streamVersion(stream)).toBe(1)
  await ledger.close()
  await store.close()
  keys.close()
})
