import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadMasterKey, openKeyStore, openSqliteStore } from '@annal/ledger'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { warnOfForeignRecord } from './foreign-record.ts'
import { startServer } from './start-server.ts'

test('a data folder that has no keys of the record it is given is warned of, and its own is not', async () => {
  const data = mkdtempSync(join(tmpdir(), 'annal-own-'))
  const other = mkdtempSync(join(tmpdir(), 'annal-other-'))
  const outcome = readConfig({ ANNAL_PORT: '0', ANNAL_DATA: data }, [])
  if (outcome.status === 'refused') throw new Error(outcome.sentence)
  const server = await startServer(outcome.config, join(data, 'web'))
  await expect.poll(() => existsSync(join(data, 'heads', 'system'))).toBe(true)
  await server.close()
  const store = openSqliteStore({ file: join(data, 'events.db'), mode: 'read' })
  const said = async (folder: string) => {
    const keys = openKeyStore({ file: join(folder, 'keys.db'), masterKey: loadMasterKey(join(folder, 'master.key')), mode: 'write' })
    const lines: string[] = []
    await warnOfForeignRecord({ store, keys }, (line) => lines.push(line))
    keys.close()
    return lines
  }
  try {
    expect(await said(data)).toEqual([])
    expect(await said(other)).toEqual([expect.stringMatching(/^WARNING: The record .* sealed from another data folder, under \S+\+\S+,/)])
  } finally {
    await store.close()
    for (const folder of [data, other]) rmSync(folder, { recursive: true, force: true })
  }
})
