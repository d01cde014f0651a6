import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anEvent } from '../event-store.contract.ts'
import { NO_STREAM } from '../event-store.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { temporaryFolders } from './temporary-folder.ts'

const STREAM = 'ws_one.aisystem-a'

describe('one process writes', () => {
  const aFolder = temporaryFolders()

  it('refuses a second writer with a sentence that says what to do, and takes it when the first is done', async () => {
    const file = join(aFolder(), 'events.db')
    const first = openSqliteStore({ file, mode: 'write' })
    expect(() => openSqliteStore({ file, mode: 'write' })).toThrow(
      expect.objectContaining({ name: 'StoreLocked', message: expect.stringContaining('is open for writing') }),
    )
    await first.append(STREAM, NO_STREAM, [anEvent(STREAM, 0)])
    await first.close()
    const second = openSqliteStore({ file, mode: 'write' })
    expect(await second.streamVersion(STREAM)).toBe(0)
    await second.close()
  })

  it('refuses it in another process too, until the first one is killed', async () => {
    const file = join(aFolder(), 'events.db')
    const script = `const { openSqliteStore } = await import(${JSON.stringify(join(import.meta.dirname, 'open-sqlite-store.ts'))})
      openSqliteStore({ file: process.argv[1], mode: 'write' }); gc(); console.log('open'); setInterval(() => {}, 1000)`
    const options = ['--disable-warning=ExperimentalWarning', '--conditions=@annal/source', '--expose-gc', '--input-type=module']
    const holder = spawn(process.execPath, [...options, '--eval', script, file], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(holder.stdout, 'data')
    expect(() => openSqliteStore({ file, mode: 'write' })).toThrow(expect.objectContaining({ name: 'StoreLocked' }))
    const closed = once(holder, 'close')
    holder.kill('SIGKILL')
    await closed
    await openSqliteStore({ file, mode: 'write' }).close()
  })

  it('lets any number read beside it', async () => {
    const file = join(aFolder(), 'events.db')
    const writer = openSqliteStore({ file, mode: 'write' })
    const readers = [1, 2, 3].map(() => openSqliteStore({ file, mode: 'read' }))
    await writer.append(STREAM, NO_STREAM, [anEvent(STREAM, 0), anEvent(STREAM, 1)])
    for (const reader of readers) expect(await reader.streamVersion(STREAM)).toBe(1)
    for (const store of [...readers, writer]) await store.close()
  })

  it('shows the file to its owner alone', async () => {
    const file = join(aFolder(), 'events.db')
    const store = openSqliteStore({ file, mode: 'write' })
    await store.append(STREAM, NO_STREAM, [anEvent(STREAM, 0)])
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(`${file}${suffix}`).mode & 0o777).toBe(0o600)
    await store.close()
  })

  it('reads only what is there', () => {
    expect(() => openSqliteStore({ file: join(aFolder(), 'events.db'), mode: 'read' })).toThrow(
      expect.objectContaining({ name: 'StoreUnavailable', message: expect.stringContaining('found no file') }),
    )
  })

  it('takes nothing after it was closed', async () => {
    const store = openSqliteStore({ file: join(aFolder(), 'events.db'), mode: 'write' })
    const last = store.append(STREAM, NO_STREAM, [anEvent(STREAM, 0)])
    await store.close()
    await store.close()
    expect(await last).toMatchObject({ status: 'appended' })
    await expect(store.append(STREAM, 0, [anEvent(STREAM, 1)])).rejects.toMatchObject({ name: 'StoreUnavailable' })
  })
})
