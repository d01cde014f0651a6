import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { holdWriterLock } from '@annal/ledger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fsck } from '../commands/fsck.ts'
import { readConfig, type ServerConfig } from '../serve/config.ts'
import { driftDetected, TestServer } from '../testing/test-server.ts'
import { makeBackup } from './make-backup.ts'
import { openPart, removeAbandonedParts } from './part-folder.ts'
import { restoreBackup } from './restore-backup.ts'

const DAY = 24 * 3_600_000

/** A file system of 64 KiB at `folder`; false where none can be mounted. */
function mountSmall(folder: string): boolean {
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    console.warn('A small file system can not be mounted here: a restore onto a full disk is not tested.')
    return false
  }
}

describe('a backup', { timeout: 120_000 }, () => {
  const place = mkdtempSync(join(tmpdir(), 'annal-backup-'))
  const event = randomUUID()
  let server: TestServer

  beforeAll(async () => {
    // A name that places within the folder have too: whatever stands above the folder is nothing to a backup.
    server = await TestServer.start(join(place, 'work', 'data.part'))
    const { workspace, cookie } = await server.signIn()
    await server.append(await server.key(workspace), driftDetected({}, event), driftDetected())
    for (let i = 0; i < 100; i++) {
      const { log } = await server.ask<{ log: { unsealed: number; head: unknown } }>(cookie, '{ log { unsealed head { size } } }')
      if (log.unsealed === 0 && log.head !== null) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })
  afterAll(async () => {
    await server.stop()
    rmSync(place, { recursive: true })
  })

  function configOf(folder: string): ServerConfig {
    const outcome = readConfig({ ANNAL_PORT: '0', ANNAL_DATA: folder, ANNAL_MASTER_KEY_FILE: join(server.folder, 'master.key') })
    if (outcome.status === 'refused') throw new Error(outcome.sentence)
    return outcome.config
  }
  const made = (name: string, now = new Date()) => makeBackup(configOf(server.folder), join(place, name), now)

  it('made beside the running server passes the check when it is restored, and serves', async () => {
    const { files } = await made('first')
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['events.db', 'keys.db', 'reactions.db']))
    for (const folder of ['heads', 'tiles'])
      expect(files).toContainEqual(expect.objectContaining({ path: expect.stringMatching(new RegExp(`^${folder}/ws_`)) }))
    for (const secret of ['master.key', 'signing.key', 'sessions.db']) expect(existsSync(join(place, 'first', secret))).toBe(false)
    const folder = join(place, 'restored')
    await restoreBackup(configOf(folder), join(place, 'first'), new Date())
    expect(await fsck(configOf(folder), [])).toMatchObject({ matches: true })
    cpSync(join(server.folder, 'master.key'), join(folder, 'master.key'))
    const restored = await TestServer.start(folder)
    const { cookie } = await restored.signIn()
    const found = await restored.ask<{ event: { type: string } | null }>(cookie, 'query ($id: UUID!) { event(id: $id) { type } }', {
      id: event,
    })
    expect(found.event).toEqual({ type: 'DriftDetected' })
    await restored.close()
  })

  it('is not restored over a record, nor when a byte of it was changed, nor when its keys have expired', async () => {
    await made('second')
    const from = join(place, 'second')
    await expect(restoreBackup(configOf(server.folder), from, new Date())).rejects.toThrow('empty folder')
    await expect(restoreBackup(configOf(join(place, 'late')), from, new Date(Date.now() + 31 * DAY))).rejects.toThrow('expired')
    appendFileSync(join(from, 'keys.db'), 'x')
    await expect(restoreBackup(configOf(join(place, 'changed')), from, new Date())).rejects.toThrow('keys.db')
    expect(existsSync(join(place, 'changed', 'events.db'))).toBe(false)
    await expect(made('second')).rejects.toThrow('exists already')
  })

  it('holds what lies elsewhere behind a link', async () => {
    const linked = join(place, 'linked')
    cpSync(server.folder, linked, { recursive: true, filter: (path) => !path.endsWith('.sock') })
    for (const name of ['heads', 'tiles']) {
      renameSync(join(linked, name), join(place, `${name} on another disk`))
      symlinkSync(join(place, `${name} on another disk`), join(linked, name))
    }
    const { files } = await makeBackup(configOf(linked), join(place, 'of-links'), new Date())
    for (const folder of ['heads', 'tiles'])
      expect(files).toContainEqual(expect.objectContaining({ path: expect.stringMatching(new RegExp(`^${folder}/ws_`)) }))
    await restoreBackup(configOf(join(place, 'unlinked')), join(place, 'of-links'), new Date())
    expect(await fsck(configOf(join(place, 'unlinked')), [])).toMatchObject({ matches: true })
  })

  it('leaves nothing behind on a disk that has no room for all of it', async ({ skip }) => {
    await made('of-much')
    const small = join(place, 'small')
    if (!mountSmall(small)) return skip()
    try {
      await expect(restoreBackup(configOf(small), join(place, 'of-much'), new Date())).rejects.toThrow('ENOSPC')
      expect(
        readdirSync(small, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ name }) => name),
      ).toEqual(['events.db-lock'])
    } finally {
      execFileSync('umount', ['-l', small])
    }
  })

  it('asked for twice at once into one place is made once, whole, and nothing half made is left', async () => {
    const both = await Promise.allSettled([made('both'), made('both')])
    const refused = both.filter((one) => one.status === 'rejected').map(({ reason }) => String(reason))
    expect(refused).toEqual([expect.stringContaining('exists already')])
    await restoreBackup(configOf(join(place, 'of-both')), join(place, 'both'), new Date())
    expect(await fsck(configOf(join(place, 'of-both')), [])).toMatchObject({ matches: true })
    expect(readdirSync(place).filter((name) => name.startsWith('both'))).toEqual(['both'])
  })

  it('that was killed is removed by the next one beside it, and one that is being made is not', async () => {
    const to = join(place, 'nightly')
    const script = `
      const { openPart } = await import(${JSON.stringify(new URL('part-folder.ts', import.meta.url).href)})
      const { writeFileSync } = await import('node:fs')
      const { part } = openPart(${JSON.stringify(to)})
      writeFileSync(part + '/keys.db', 'keys')
      console.log(part)
      process.kill(process.pid, 'SIGKILL')`
    const { stdout } = spawnSync(process.execPath, ['--conditions=@annal/source', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    })
    const [killed, running] = [stdout.trim(), openPart(join(place, 'weekly'))]
    expect(existsSync(join(killed, 'keys.db'))).toBe(true)
    expect(removeAbandonedParts(join(place, 'nightly-2'))).toEqual([killed])
    expect([killed, `${killed}-lock`, running.part].map((path) => existsSync(path))).toEqual([false, false, true])
    running.remove()
    expect(readdirSync(place).filter((name) => name.includes('.part-'))).toEqual([])
  })

  it('is whole without a pack that is removed while it is made', async () => {
    const folder = join(place, 'removing')
    cpSync(server.folder, folder, { recursive: true, filter: (path) => !path.endsWith('.sock') })
    mkdirSync(join(folder, 'packs'), { recursive: true })
    const coming = 'while :; do for pack in a b c d e f; do mkdir $pack; echo > $pack/pack.zip; rm -r $pack; done; done'
    const going = spawn('sh', ['-c', coming], { cwd: join(folder, 'packs') })
    try {
      for (let i = 0; i < 20; i++) await makeBackup(configOf(folder), join(place, `of-removing-${i}`), new Date())
    } finally {
      going.kill('SIGKILL')
    }
    const { manifest } = await restoreBackup(configOf(join(place, 'removed')), join(place, 'of-removing-19'), new Date())
    expect(manifest.files.map(({ path }) => path)).toContain('keys.db')
  })

  it('is restored once into one folder, however often at once', async () => {
    await made('of-one')
    const folder = join(place, 'wanted-twice')
    const both = await Promise.allSettled([1, 2].map(() => restoreBackup(configOf(folder), join(place, 'of-one'), new Date())))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await fsck(configOf(folder), [])).toMatchObject({ matches: true })
  })

  it('that was restored by half keeps a server from starting: it would go on with half a record', async () => {
    await made('of-half')
    const folder = join(place, 'half')
    await restoreBackup(configOf(folder), join(place, 'of-half'), new Date())
    cpSync(join(server.folder, 'master.key'), join(folder, 'master.key'))
    mkdirSync(join(folder, 'restoring'))
    renameSync(join(folder, 'keys.db'), join(folder, 'restoring', 'keys.db'))
    await expect(TestServer.start(folder)).rejects.toThrow(/^A restore into .*half has not ended/)
    expect(existsSync(join(folder, 'keys.db'))).toBe(false)
  })

  it('is not restored under a server that is starting in the folder', async () => {
    await made('of-started')
    const folder = join(place, 'starting')
    mkdirSync(folder)
    const lock = holdWriterLock(join(folder, 'events.db'))
    await expect(restoreBackup(configOf(folder), join(place, 'of-started'), new Date())).rejects.toThrow('in another process')
    lock.release()
    expect(existsSync(join(folder, 'keys.db'))).toBe(false)
  })

  it('that could not be made leaves nothing behind: there are keys in it', async () => {
    const broken = join(place, 'broken')
    cpSync(server.folder, broken, { recursive: true, filter: (path) => !path.endsWith('.sock') })
    writeFileSync(join(broken, 'keys.db'), 'no database')
    await expect(makeBackup(configOf(broken), join(place, 'of-broken'), new Date())).rejects.toThrow()
    expect(readdirSync(place).filter((name) => name.startsWith('of-broken'))).toEqual([])
  })

  it('is not looked for where there is none', async () => {
    const nowhere = join(place, 'nowhere')
    await expect(restoreBackup(configOf(join(place, 'for-nothing')), nowhere, new Date())).rejects.toThrow('is no backup')
  })

  it('can be restored whatever others left among the files', async () => {
    for (const name of ['.DS_Store', 'note to self.txt']) writeFileSync(join(server.folder, 'heads', name), '')
    await made('of-litter')
    const { manifest } = await restoreBackup(configOf(join(place, 'without-litter')), join(place, 'of-litter'), new Date())
    expect(manifest.files.map(({ path }) => path)).toContain('events.db')
  })

  it('goes to no place within the data folder, with which it would be lost', async () => {
    for (const within of [server.folder, join(server.folder, 'packs', 'nightly', 'first')])
      await expect(makeBackup(configOf(server.folder), join(within, 'backup'), new Date())).rejects.toThrow('outside the data folder')
  })

  it('of a folder without a record is none', async () => {
    mkdirSync(join(place, 'empty'))
    await expect(makeBackup(configOf(join(place, 'empty')), join(place, 'of-nothing'), new Date())).rejects.toThrow('no record')
    await expect(makeBackup(configOf(join(place, 'mistyped')), join(place, 'of-nothing'), new Date())).rejects.toThrow('no record')
    expect(existsSync(join(place, 'of-nothing'))).toBe(false)
  })

  it.each(['events.db-wal', 'erasures.json', 'views.db', 'search.db', 'log.db', 'reactions.db', 'packs', 'tiles'])(
    'is not restored beside what another record left: %s',
    async (left) => {
      if (!existsSync(join(place, 'third'))) await made('third')
      const folder = join(place, `beside-${left}`)
      mkdirSync(folder)
      writeFileSync(join(folder, left), '{}')
      await expect(restoreBackup(configOf(folder), join(place, 'third'), new Date())).rejects.toThrow(`${left} exists`)
      expect(existsSync(join(folder, 'keys.db'))).toBe(false)
    },
  )
})
