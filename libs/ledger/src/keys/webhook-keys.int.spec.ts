import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../sqlite/temporary-folder.ts'
import { loadMasterKey } from './master-key.ts'
import { openKeyStore } from './open-key-store.ts'

const folder = temporaryFolders()

test('a webhook has the key that was made last; the others are destroyed, for readers beside the writer too', () => {
  const own = folder()
  const location = { file: join(own, 'keys.db'), masterKey: loadMasterKey(join(own, 'master.key')) }
  const keys = openKeyStore({ ...location, mode: 'write' })
  const reader = openKeyStore({ ...location, mode: 'read' })
  const first = keys.makeWebhookKey('ws_1', 'desk', 'whk-1')
  expect(reader.webhookKey('ws_1', 'desk', 'whk-1')).toEqual(new Uint8Array(first))
  const second = keys.makeWebhookKey('ws_1', 'desk', 'whk-2')
  expect(Buffer.compare(first, second)).not.toBe(0)
  keys.keepWebhookKey('ws_1', 'desk', 'whk-2')
  expect(reader.webhookKey('ws_1', 'desk', 'whk-1')).toBeNull()
  expect(reader.webhookKey('ws_1', 'desk', 'whk-2')).toEqual(new Uint8Array(second))
  expect(reader.webhookKey('ws_2', 'desk', 'whk-2')).toBeNull()
  reader.close()
  keys.close()
})
