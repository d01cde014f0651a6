import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { leafHash, parseEntry, proveInclusion, verifyInclusion } from '@annal/proof'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MemoryStore } from '../memory-store.ts'
import { temporaryFolders } from '../sqlite/temporary-folder.ts'
import { nextOrigin, originOf, parseLogName } from './log-name.ts'
import { expectedHead, headOf, ORIGIN, open, record, SealKit, someEvents } from './sealer-fixtures.contract.ts'
import { LogTiles } from './tiles/log-tiles.ts'

const folder = temporaryFolders()

async function aStore(events: number): Promise<MemoryStore> {
  const store = new MemoryStore()
  await open(store)
  await someEvents(store, events)
  return store
}

async function newestHead(kit: SealKit, log = 'ws_a') {
  const sealer = await kit.openSealer()
  const head = await headOf(sealer.book.named(log), kit.signingKeys)
  await sealer.close()
  return head
}

describe('the sealer', () => {
  test('seals the tree and the map that the specification gives, with every leaf to be found in the files', async () => {
    const store = await aStore(600)
    const kit = new SealKit(folder(), store)
    await kit.sealAll()
    const head = await newestHead(kit)
    expect(head).toEqual(await expectedHead(store, ORIGIN))
    const tiles = new LogTiles(kit.tiles('ws_a'))
    const nodes = tiles.nodes(head.size)
    for (const { leaf, bytes } of tiles.entries(0, head.size)) {
      const claim = { index: leaf, size: head.size, leaf: leafHash(bytes), root: head.root, proof: proveInclusion(leaf, head.size, nodes) }
      expect(verifyInclusion(claim)).toEqual({ status: 'verified' })
      expect(parseEntry(bytes)).toMatchObject({ status: 'parsed', entry: { seq: leaf } })
      if (leaf % 97 === 0) expect(tiles.entry(leaf)).toEqual(bytes)
    }
    tiles.close()
  })

  test('gives the same tree however the events are cut into chunks and starts', async () => {
    const store = await aStore(300)
    const expected = await expectedHead(store, ORIGIN)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 6 }), async (chunks) => {
        const kit = new SealKit(folder(), store)
        const sealer = await kit.openSealer()
        for (const chunk of chunks) {
          for (const event of await store.readAll({ after: sealer.book.position, limit: chunk })) sealer.book.add(event)
          await sealer.sealNow()
        }
        await sealer.close()
        await kit.sealAll()
        expect(await newestHead(kit)).toEqual(expected)
      }),
      { numRuns: 12, interruptAfterTimeLimit: 4_000 },
    )
  })

  test('seals what comes after a pause as soon as what came before it', async () => {
    const store = await aStore(3)
    const kit = new SealKit(folder(), store)
    const sealer = await kit.openSealer()
    const stop = new AbortController()
    const following = sealer.follow(stop.signal)
    for (let size = 3; size < 6; size++) {
      await expect.poll(() => sealer.book.named('ws_a')?.shown?.size, { timeout: 6_000, interval: 10 }).toBe(size)
      await new Promise((resolve) => setTimeout(resolve, 30))
      await someEvents(store, 1)
    }
    stop.abort()
    await following
    await sealer.close()
  })

  test('goes on from its checkpoint, and from nothing when the checkpoint or the files are gone', async () => {
    const store = await aStore(280)
    const kit = new SealKit(folder(), store)
    await kit.sealAll(50)
    for (const lost of [[], ['log.db'], ['tiles'], ['log.db', 'tiles']]) {
      for (const name of lost) rmSync(join(kit.folder, name), { recursive: true })
      await someEvents(store, 5)
      await kit.sealAll()
      expect(await newestHead(kit)).toEqual(await expectedHead(store, ORIGIN))
    }
    writeFileSync(join(kit.folder, 'log.db'), 'no database')
    await someEvents(store, 1)
    await kit.sealAll()
    expect(await newestHead(kit)).toEqual(await expectedHead(store, ORIGIN))
  })

  test.each([
    ['a count of a token', 'UPDATE tally SET count = count + 1 WHERE count > 20'],
    ['ledger time', "UPDATE log SET at = '2030-01-01T00:00:00.000Z' WHERE name = 'ws_a'"],
  ])('given a checkpoint that tells another story (%s) it reads the events again, and signs what they give', async (_what, change) => {
    const store = await aStore(10)
    const kit = new SealKit(folder(), store)
    const following = new AbortController()
    const sealer = await kit.openSealer()
    const followed = sealer.follow(following.signal)
    await someEvents(store, 270)
    await expect.poll(() => sealer.book.named('ws_a')?.shown?.size ?? 0).toBe(280)
    following.abort()
    await followed
    await sealer.close()
    const index = new DatabaseSync(join(kit.folder, 'log.db'))
    expect(index.prepare(change).run().changes).toBeGreaterThan(0)
    index.close()
    await someEvents(store, 5)
    await kit.sealAll()
    expect(await newestHead(kit)).toEqual(await expectedHead(store, ORIGIN))
  })

  test('given heads of one log that are damaged it seals the others, and says which it can not', async () => {
    const store = await aStore(20)
    const kit = new SealKit(folder(), store)
    await kit.sealAll()
    const heads = join(kit.folder, 'heads/ws_a/heads.jsonl')
    writeFileSync(heads, `${readFileSync(heads, 'utf8')}{"damaged\n`)
    await record(store, { stream: 'ws_a.aisystem-s1' })
    await record(store, { stream: 'ws_b.aisystem-s1' })
    const sealer = await kit.openSealer()
    await kit.readOn(sealer, 100)
    expect(sealer.book.named('ws_a')?.standing).toMatchObject({ status: 'failed', reason: expect.stringContaining('heads.jsonl') })
    expect(sealer.book.named('ws_b')?.standing).toEqual({ status: 'open' })
    await sealer.close()
    expect(readFileSync(heads, 'utf8')).toMatch(/\n\{"damaged\n$/)
  })

  test.each([0, 1, 2])('killed between any two steps it goes on with the same tree (%i)', async (published) => {
    for (let stopAt = 0; ; stopAt++) {
      const store = await aStore(40)
      const kit = new SealKit(folder(), store, published > 0)
      await kit.sealAll()
      await someEvents(store, 30)
      await record(store, { stream: 'ws_b.aisystem-x', data: { stopAt } })
      kit.steps.length = 0
      kit.stopAt = stopAt
      const outcome = await kit.sealAll(published === 2 ? 7 : 1_000).then(
        () => 'done',
        () => 'stopped',
      )
      kit.stopAt = Number.POSITIVE_INFINITY
      const before = await newestHead(kit).catch(() => null)
      await someEvents(store, 3)
      await kit.sealAll()
      const after = await newestHead(kit)
      expect(after, `stopped at ${stopAt}`).toEqual(await expectedHead(store, ORIGIN))
      expect(after.size).toBeGreaterThanOrEqual(before?.size ?? 0)
      if (outcome === 'done') break
    }
  })

  test('only logs with new entries sign', async () => {
    const store = await aStore(10)
    const kit = new SealKit(folder(), store)
    await kit.sealAll()
    const sealer = await kit.openSealer()
    kit.shown.length = 0
    await someEvents(store, 1, 'ws_a')
    await kit.readOn(sealer, 100)
    expect(kit.shown).toEqual(['ws_a 11'])
    await sealer.close()
  })

  test('seals while it follows', async () => {
    const store = await aStore(10)
    const kit = new SealKit(folder(), store, true)
    const sealer = await kit.openSealer()
    const stopped = new AbortController()
    const following = sealer.follow(stopped.signal)
    await someEvents(store, 30)
    await expect.poll(() => kit.shown.at(-1)).toBe('ws_a 40')
    expect(existsSync(join(kit.folder, 'published/ws_a/00000000000/0000000000000040.checkpoint'))).toBe(true)
    stopped.abort()
    await following
    await sealer.close()
  })
})

describe('given a history that went back', () => {
  test('the log closes and signs nothing more', async () => {
    const kit = new SealKit(folder(), await aStore(60))
    await kit.sealAll()
    const older = new SealKit(kit.folder, await aStore(50))
    const sealer = await older.openSealer()
    expect(sealer.book.current('ws_a')?.standing).toMatchObject({ status: 'closed', head: { size: 60, foundIn: 'head_store' } })
    expect(sealer.book.current('system')?.standing).toEqual({ status: 'open' })
    await someEvents(older.store, 30)
    await older.readOn(sealer, 1_000)
    await sealer.close()
    expect(await newestHead(older)).toMatchObject({ size: 60 })
  })

  test('other content under the same size is a fork', async () => {
    const kit = new SealKit(folder(), await aStore(60))
    await kit.sealAll()
    const other = await aStore(59)
    await record(other, { stream: 'ws_a.aisystem-other' })
    await someEvents(other, 20)
    const sealer = await new SealKit(kit.folder, other).openSealer()
    const standing = sealer.book.current('ws_a')?.standing
    expect(standing).toMatchObject({ status: 'closed', reason: expect.stringContaining('another tree of 60 leaves') })
    await sealer.close()
  })

  test('an empty store, and a log that only the publish folder knows', async () => {
    const kit = new SealKit(folder(), await aStore(20), true)
    await kit.sealAll()
    rmSync(join(kit.folder, 'heads'), { recursive: true })
    rmSync(join(kit.folder, 'log.db'))
    rmSync(join(kit.folder, 'tiles'), { recursive: true })
    const sealer = await new SealKit(kit.folder, new MemoryStore(), true).openSealer()
    expect(sealer.book.current('ws_a')?.standing).toMatchObject({ status: 'closed', head: { size: 20, foundIn: 'publish_folder' } })
    await sealer.close()
  })

  test('an administrator continues under a new origin, which begins with that decision', async () => {
    const kit = new SealKit(folder(), await aStore(60))
    await kit.sealAll()
    const tiles = new LogTiles(kit.tiles('ws_a'))
    const oldRoot = tiles.nodes(60)(3, 6)
    const store = await aStore(50)
    const newOrigin = nextOrigin(ORIGIN)
    const older = new SealKit(kit.folder, store)
    const sealer = await older.openSealer()
    const data = { origin: ORIGIN, size: 60, root: 'x', newOrigin, reason: 'restored' }
    await record(store, { stream: 'ws_a.ledger-log', type: 'LogContinued', data })
    await someEvents(store, 4)
    await older.readOn(sealer, 1_000)
    await sealer.close()
    for (const name of [[], ['log.db']]) {
      for (const lost of name) rmSync(join(kit.folder, lost))
      await someEvents(store, 1)
      await older.sealAll()
      expect(await newestHead(older, 'ws_a')).toMatchObject({ origin: ORIGIN, size: 60 })
    }
    expect(await newestHead(older, 'ws_a~2')).toMatchObject({ origin: newOrigin, size: 7 })
    expect(new LogTiles(kit.tiles('ws_a')).nodes(60)(3, 6)).toEqual(oldRoot)
    const first = new LogTiles(kit.tiles('ws_a~2')).entry(0)
    expect(parseEntry(first)).toMatchObject({ status: 'parsed', entry: { seq: 0, refs: [[expect.any(String), 1]] } })
  })

  test('a head that nobody signed says nothing, and nothing is signed beside it', async () => {
    const kit = new SealKit(folder(), await aStore(20))
    await kit.sealAll()
    const file = join(kit.folder, 'heads/ws_a/heads.jsonl')
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\\n20\\n', '\\n21\\n'))
    await someEvents(kit.store, 3)
    const sealer = await kit.openSealer()
    expect(sealer.book.current('ws_a')?.standing).toMatchObject({ status: 'failed', reason: expect.stringContaining("can't be trusted") })
    await kit.readOn(sealer, 100)
    await sealer.close()
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(1)
  })
})

test('names of logs', () => {
  expect(parseLogName('ws_a~2')).toEqual({ workspace: 'ws_a', generation: 2 })
  for (const name of ['ws_a~1', 'ws_a~02', 'ws-a', '../x', 'ws_a.rebuilt', '']) expect(parseLogName(name)).toBeNull()
  expect(nextOrigin('h/log/v1/ws_a')).toBe('h/log/v1/ws_a~2')
  expect(nextOrigin('h/log/v1/ws_a~9/simulated')).toBe('h/log/v1/ws_a~10/simulated')
  expect(originOf('h/log/v1/ws_a', true)).toBe('h/log/v1/ws_a/simulated')
})
