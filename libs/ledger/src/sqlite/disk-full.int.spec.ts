import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { aDraft, only, recorded, START } from '../append/ledger.contract.ts'
import { openLedger } from '../append/open-ledger.ts'
import { anEvent } from '../event-store.contract.ts'
import { type EventStore, NO_STREAM, StoreFull } from '../event-store.ts'
import { loadMasterKey } from '../keys/master-key.ts'
import { openKeyStore } from '../keys/open-key-store.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { openThreadedSqliteStore } from './open-threaded-store.ts'
import { temporaryFolders } from './temporary-folder.ts'

const STREAM = 'ws_full.aisystem-a'
const KIB = 1024

const writers: readonly [string, (file: string) => EventStore][] = [
  ['in this thread', (file) => openSqliteStore({ file, mode: 'write' })],
  ['in a thread of its own', (file) => openThreadedSqliteStore({ file })],
]

describe.each(writers)('given a small disk that is full, with a writer %s', (_name, open) => {
  const aFolder = temporaryFolders()
  let mounted: string | null = null

  /** A file system of 2 MiB, or the reason why there is none. */
  const mount = (): { readonly disk: string } | { readonly reason: string } => {
    if (process.getuid?.() !== 0) return { reason: 'only root can mount a small disk' }
    const disk = join(aFolder(), 'disk')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'pipe' })
    } catch (error) {
      return { reason: `a small disk can't be mounted here: ${String(error)}` }
    }
    mounted = disk
    return { disk }
  }

  afterEach(() => {
    if (mounted !== null) execFileSync('umount', [mounted])
    mounted = null
  })

  const event = (version: number, kib: number) => anEvent(STREAM, version, { data: { text: 'x'.repeat(kib * KIB) } })

  /** Appends until there is no room; returns how many were stored. */
  const fill = async (store: EventStore, from: number, kib: number) => {
    for (let version = from; ; version++) {
      try {
        expect(await store.append(STREAM, version - 1, [event(version, kib)])).toMatchObject({ status: 'appended' })
      } catch (error) {
        expect(error).toBeInstanceOf(StoreFull)
        return version
      }
    }
  }

  it('says so, loses nothing, goes on reading, and heals when there is room', async ({ skip }) => {
    const mounting = mount()
    if ('reason' in mounting) skip(mounting.reason)
    else {
      const { disk } = mounting
      const file = join(disk, 'events.db')
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(700 * KIB))
      let store = open(file)
      let stored = await fill(store, 0, 32)
      stored = await fill(store, stored, 1)
      expect(stored).toBeGreaterThan(10)
      const many = await Promise.allSettled(
        Array.from({ length: 10 }, (_, i) =>
          store.append(`${STREAM}${i}`, NO_STREAM, [anEvent(`${STREAM}${i}`, 0, { data: { text: 'x'.repeat(8 * KIB) } })]),
        ),
      )
      expect(many.map((outcome) => outcome.status === 'rejected' && outcome.reason instanceof StoreFull)).toEqual(Array(10).fill(true))
      expect(await store.readAll({ after: null, limit: 1000 })).toHaveLength(stored)

      rmSync(join(disk, 'ballast'))
      const again = await fill(store, stored, 32)
      expect(again).toBeGreaterThan(stored + 5)
      await store.close()
      store = openSqliteStore({ file, mode: 'read' }) as EventStore
      expect((await store.readStream(STREAM, { direction: 'forwards', limit: 1000 })).map(({ streamVersion }) => streamVersion)).toEqual(
        Array.from({ length: again }, (_, i) => i),
      )
      await store.close()
    }
  })

  it('stores of a group what there is room for', async ({ skip }) => {
    const mounting = mount()
    if ('reason' in mounting) skip(mounting.reason)
    else {
      const store = open(join(mounting.disk, 'events.db'))
      writeFileSync(join(mounting.disk, 'ballast'), Buffer.alloc(1_300 * KIB))
      const small = (i: number) => store.append(`${STREAM}${i}`, NO_STREAM, [anEvent(`${STREAM}${i}`, 0)])
      const large = store.append(STREAM, NO_STREAM, [event(0, 850)])
      const outcomes = await Promise.allSettled([small(1), large, small(2)])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect((await store.readAll({ after: null, limit: 10 })).map(({ stream }) => stream)).toEqual([`${STREAM}1`, `${STREAM}2`])
      await store.close()
    }
  })

  it('keeps the ledger honest: what failed is recorded when it is sent again, once', async ({ skip }) => {
    const mounting = mount()
    if ('reason' in mounting) skip(mounting.reason)
    else {
      const { disk } = mounting
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(900 * KIB))
      const store = open(join(disk, 'events.db'))
      const keys = openKeyStore({ file: join(disk, 'keys.db'), masterKey: loadMasterKey(join(disk, 'master.key')), mode: 'write' })
      const ledger = openLedger({ store, keys, now: () => START })
      const drafts = Array.from({ length: 200 }, (_, i) =>
        aDraft({
          stream: `${STREAM}${i}`,
          workspace: 'ws_full',
          data: { text: 'x'.repeat(6 * KIB) },
          sealed: [{ pointer: '/text', how: 'encrypted', subject: null }],
        }),
      )
      const attempt = () =>
        Promise.all(
          drafts.map((draft) =>
            ledger.append([draft]).then(
              (outcomes) => recorded(only(outcomes)),
              (error: unknown) => error,
            ),
          ),
        )
      const first = await attempt()
      expect(first.some((answer) => answer instanceof StoreFull)).toBe(true)
      expect(first.every((answer) => !(answer instanceof Error) || answer instanceof StoreFull)).toBe(true)
      rmSync(join(disk, 'ballast'))
      for (let round = 0, left = true; left && round < 3; round++) left = (await attempt()).some((answer) => answer instanceof Error)
      const receipts = await attempt()
      const events = await store.readAll({ after: null, limit: 1000 })
      const acknowledged = receipts.filter((answer) => !(answer instanceof Error))
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
      expect(events).toHaveLength(acknowledged.length)
      expect(acknowledged.length).toBeGreaterThan(first.filter((answer) => !(answer instanceof Error)).length)
      await ledger.close()
      await store.close()
      keys.close()
    }
  })
})
