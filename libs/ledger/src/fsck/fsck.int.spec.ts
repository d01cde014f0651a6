import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { formatVerifierKey, fraudOfHeads, noteBytes, parseTreeHead, signNote, type TreeHead, treeHeadText, verifierKey } from '@annal/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PublishFolder } from '../seal/heads/publish-folder.ts'
import { LeafIndex } from '../seal/index/seal-index.ts'
import { signEd25519 } from '../seal/keys/ed25519.ts'
import { loadSigningKeys } from '../seal/keys/signing-key-file.ts'
import { keys, ORIGIN, open, record, SealKit, someEvents } from '../seal/sealer-fixtures.contract.ts'
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts'
import { temporaryFolders } from '../sqlite/temporary-folder.ts'
import { type FsckOutcome, runFsck } from './run-fsck.ts'

const temporaryFolder = temporaryFolders()
const EVENTS = 600

interface Sealed {
  readonly folder: string
  /** Its own verifier keys. */
  readonly own: readonly string[]
  /** Opens the event file with a tool that is not Annal. */
  edit(work: (db: DatabaseSync) => void): void
  /** Without the heads that were published, unless they are given. */
  check(anchors?: { readonly trusted?: readonly string[]; readonly published?: PublishFolder }): Promise<FsckOutcome>
}

const template = mkdtempSync(join(tmpdir(), 'annal-fsck-'))

beforeAll(async () => {
  const store = openSqliteStore({ file: join(template, 'events.db'), mode: 'write' })
  const kit = new SealKit(template, store, true)
  await open(store)
  await someEvents(store, EVENTS / 2)
  await kit.sealAll(50)
  await someEvents(store, EVENTS / 2)
  await kit.sealAll(50)
  await store.close()
})
afterAll(() => rmSync(template, { recursive: true }))

/** A copy of a closed store with its sealed log. */
async function sealed(): Promise<Sealed> {
  const folder = temporaryFolder()
  cpSync(template, folder, { recursive: true })
  const file = join(folder, 'events.db')
  const [key] = loadSigningKeys(join(folder, 'signing.key'))
  if (key === undefined) throw new Error('expected a signing key, found none')
  const origins = [ORIGIN, 'ledger.example/log/v1/system']
  const own = origins.map((origin) => formatVerifierKey(verifierKey(origin, key.publicKey)))
  return {
    folder,
    own,
    edit: (work) => {
      const db = new DatabaseSync(file)
      work(db)
      db.close()
    },
    check: async ({ trusted = own, published = new PublishFolder(join(folder, 'elsewhere')) } = {}) => {
      const reader = openSqliteStore({ file, mode: 'read' })
      const leafIndex = new LeafIndex(join(folder, 'log.db'))
      const outcome = await runFsck({
        events: reader,
        keys,
        folders: { tiles: join(folder, 'tiles'), heads: join(folder, 'heads'), published, leafIndex },
        trusted,
      })
      leafIndex.close()
      await reader.close()
      return outcome
    },
  }
}

const LATER = '2027-01-01T00:00:00.000Z'

const row = (position: number) => `position = ${position}`
const text = (db: DatabaseSync, position: number) =>
  Buffer.from(db.prepare(`SELECT bytes FROM event WHERE ${row(position)}`).get()?.bytes as Uint8Array).toString()
const put = (db: DatabaseSync, position: number, bytes: string) =>
  db.prepare(`UPDATE event SET bytes = ? WHERE ${row(position)}`).run(Buffer.from(bytes))

/** Each test names the anchor without which the change could not be seen: none, a signed head, an outside key, or a kept head. */
describe('the tamper matrix on a store: fsck', () => {
  it('finds that everything matches what was signed', async () => {
    const outcome = await (await sealed()).check()
    expect(outcome).toMatchObject({ status: 'matches', events: EVENTS + 2 })
    expect(outcome.status === 'matches' && outcome.logs.map(({ name, leaves, unsealed }) => [name, leaves, unsealed])).toEqual([
      ['system', 2, 0],
      ['ws_a', EVENTS, 0],
    ])
  })

  it('beside a sealer that goes on answers for what was signed when it began: later heads, logs and published heads are no difference', async () => {
    const store = await sealed()
    const writer = openSqliteStore({ file: join(store.folder, 'events.db'), mode: 'write' })
    const reader = openSqliteStore({ file: join(store.folder, 'events.db'), mode: 'read' })
    const kit = new SealKit(store.folder, writer, true)
    let pages = 0
    const readPage = reader.readAll.bind(reader)
    reader.readAll = async (slice) => {
      const page = await readPage(slice)
      await record(writer, { stream: `ws_a.aisystem-later${pages}`, recordedAt: LATER })
      if (pages === 0) {
        const data = { workspace: 'ws_late', logOrigin: 'ledger.example/log/v1/ws_late' }
        await record(writer, { stream: 'system.workspace-ws_late', type: 'WorkspaceOpened', data, recordedAt: LATER })
        await record(writer, { stream: 'ws_late.aisystem-x', recordedAt: LATER })
      }
      await kit.sealAll()
      pages++
      return page
    }
    const published = new PublishFolder(join(store.folder, 'published'))
    const folders = { tiles: join(store.folder, 'tiles'), heads: join(store.folder, 'heads'), published }
    expect(await runFsck({ events: reader, keys, folders, trusted: store.own })).toMatchObject({ status: 'matches' })
    expect(pages).toBe(2)
    expect(published.logs()).toContain('ws_late')
    await reader.close()
    await writer.close()
  })

  it('S1. an event edited in the file, its bytes canonical still (no anchor): entry, at the event', async () => {
    const store = await sealed()
    store.edit((db) => put(db, 301, text(db, 301).replace(/"i":(\d+)/, '"i":99$1')))
    expect(await store.check()).toMatchObject({
      status: 'differs',
      first: { what: 'entry', where: expect.stringMatching(/^ws_a leaf 298, event ws_a\./) },
    })
  })

  it('S2. an event whose bytes are no event any more (no anchor): event', async () => {
    const store = await sealed()
    store.edit((db) => put(db, 301, `${text(db, 301)} `))
    expect(await store.check()).toMatchObject({ status: 'differs', first: { what: 'event' } })
  })

  it('S3. two events swapped (no anchor): entry, at the leaf', async () => {
    const store = await sealed()
    store.edit((db) =>
      db.exec(
        `UPDATE event SET position = -1 WHERE ${row(100)}; UPDATE event SET position = 100 WHERE ${row(101)}; UPDATE event SET position = 101 WHERE position = -1`,
      ),
    )
    expect(await store.check()).toMatchObject({
      status: 'differs',
      first: { what: 'entry', where: expect.stringContaining('ws_a leaf 97') },
    })
  })

  it('S4. one dropped in the middle (no anchor): the stream or the leaf behind it', async () => {
    const store = await sealed()
    store.edit((db) => db.exec(`DELETE FROM event WHERE ${row(200)}`))
    expect(await store.check()).toMatchObject({ status: 'differs', first: { where: expect.stringContaining('ws_a') } })
  })

  it('S5. the newest dropped, which the events alone do not show (a signed head): log, at the head', async () => {
    const store = await sealed()
    store.edit((db) => db.exec('DELETE FROM event WHERE position = (SELECT max(position) FROM event)'))
    expect(await store.check()).toMatchObject({ status: 'differs', first: { what: 'log', where: `ws_a head ${EVENTS}` } })
  })

  it('S6. a whole stream dropped (a signed head): the first leaf that is another', async () => {
    const store = await sealed()
    store.edit((db) => db.exec("DELETE FROM event WHERE stream_id = (SELECT id FROM stream WHERE name = 'ws_a.aisystem-s3')"))
    expect(await store.check()).toMatchObject({ status: 'differs', first: { what: expect.stringMatching(/entry|log/) } })
  })

  it('S7. a head twice (no anchor): head', async () => {
    const store = await sealed()
    const heads = join(store.folder, 'heads', 'ws_a', 'heads.jsonl')
    const last = readFileSync(heads, 'utf8').trimEnd().split('\n').at(-1)
    appendFileSync(heads, `${last}\n`)
    expect(await store.check()).toMatchObject({ status: 'differs', first: { what: 'head', found: expect.stringContaining('fork') } })
  })

  it('S8. heads that another key has signed (outside key): head', async () => {
    const store = await sealed()
    const strangers = [ORIGIN, 'ledger.example/log/v1/system'].map((origin) =>
      formatVerifierKey(verifierKey(origin, new Uint8Array(32).fill(9))),
    )
    expect(await store.check({ trusted: strangers })).toMatchObject({ status: 'differs', first: { what: 'head' } })
  })

  it('heads of a log of which no key was given (outside key): head, that none is of this log', async () => {
    const store = await sealed()
    const trusted = store.own.filter((key) => key.startsWith(ORIGIN))
    expect(await store.check({ trusted })).toMatchObject({
      status: 'differs',
      first: { what: 'head', found: 'no known key is of ledger.example/log/v1/system: each log has keys of its own' },
    })
  })

  it.each([
    ['tiles/ws_a', /^0$|hash|level|^\d/, 'tile'],
    ['tiles/ws_a', /entries/, 'entry'],
  ])('S9. a byte changed in a file of the log, %s %s (no anchor): the file is named', async (folder, name, what) => {
    const store = await sealed()
    const file = readdirSync(join(store.folder, folder))
      .filter((found) => name.test(found) && !found.includes('end'))
      .sort()[0]
    if (file === undefined) throw new Error(`expected a file like ${name}, found ${readdirSync(join(store.folder, folder))}`)
    const path = join(store.folder, folder, file)
    const bytes = readFileSync(path)
    bytes[40] = (bytes[40] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect(await store.check()).toMatchObject({ status: 'differs', first: { what } })
  })

  it('S10. the record rewritten from some point on, consistent in itself (no anchor): entry, at the first leaf', async () => {
    const store = await sealed()
    store.edit((db) => {
      for (let position = 400; position <= 420; position++) put(db, position, text(db, position).replace('"svc"', '"svd"'))
    })
    expect(await store.check()).toMatchObject({
      status: 'differs',
      first: { what: 'entry', where: expect.stringContaining('ws_a leaf 397') },
    })
  })

  it('S11. an old head replayed as the newest (no anchor): head, the older one', async () => {
    const store = await sealed()
    const heads = join(store.folder, 'heads', 'ws_a', 'heads.jsonl')
    const [first = '', ...others] = linesOf(heads)
    writeFileSync(heads, [first, ...others, first, ''].join('\n'))
    expect(await store.check()).toMatchObject({ status: 'differs', first: { what: 'head', found: 'an older one' } })
  })

  it('S12. two heads of one size that differ, both signed by the log’s own key (no anchor): head, both are kept', async () => {
    const store = await sealed()
    const heads = join(store.folder, 'heads', 'ws_a', 'heads.jsonl')
    const newest = linesOf(heads).at(-1) ?? ''
    const fork = await forked(newest, store.folder)
    appendFileSync(heads, `${fork}\n`)
    expect(await store.check()).toMatchObject({
      status: 'differs',
      first: { what: 'head', where: `ws_a head ${EVENTS}`, found: expect.stringContaining('keep both, they prove a fork') },
    })
    expect(linesOf(heads).slice(-2)).toEqual([newest, fork])
    const [one, other] = [newest, fork].map((line) => headIn(line))
    expect(one !== undefined && other !== undefined && fraudOfHeads(one, other)).toMatchObject({ kind: 'two-heads', size: EVENTS })
  })

  it.each([
    ['removed', (heads: string) => rmSync(heads, { recursive: true })],
    ['emptied', (heads: string) => writeFileSync(join(heads, 'heads.jsonl'), '')],
  ])(
    'all heads of a log %s, so that nothing would be compared (no anchor): log, that it has none',
    { timeout: 20_000 },
    async (_, remove) => {
      const store = await sealed()
      remove(join(store.folder, 'heads', 'ws_a'))
      expect(await store.check({ published: new PublishFolder(join(store.folder, 'nowhere')) })).toMatchObject({
        status: 'differs',
        first: { what: 'log', where: 'ws_a', found: expect.stringContaining('the heads were removed') },
      })
    },
  )

  it('heads whose file is damaged (no anchor): head', async () => {
    const store = await sealed()
    appendFileSync(join(store.folder, 'heads', 'ws_a', 'heads.jsonl'), '{"damaged\n')
    expect(await store.check()).toMatchObject({ status: 'differs', first: { what: 'head', where: 'ws_a heads.jsonl' } })
  })

  it('another leaf of an event in the index that the server looks it up in (no anchor): index, at the leaf', async () => {
    const store = await sealed()
    const index = new DatabaseSync(join(store.folder, 'log.db'))
    const log = "(SELECT id FROM log WHERE name = 'ws_a')"
    index.exec(`UPDATE leaf SET leaf = 101 - leaf WHERE log = ${log} AND leaf IN (50, 51)`)
    index.close()
    expect(await store.check()).toMatchObject({
      status: 'differs',
      first: { what: 'index', where: expect.stringContaining('ws_a leaf 50') },
    })
  })

  describe('given the heads that were published', () => {
    const published = new PublishFolder(join(template, 'published'))

    it('everything matches as long as nothing was changed', async () => {
      expect(await (await sealed()).check({ published })).toMatchObject({ status: 'matches' })
    })

    it('the newest events dropped together with their heads: log, at the head', async () => {
      const store = await sealed()
      store.edit((db) => db.exec('DELETE FROM event WHERE position = (SELECT max(position) FROM event)'))
      const heads = join(store.folder, 'heads', 'ws_a', 'heads.jsonl')
      writeFileSync(heads, `${linesOf(heads).slice(0, -1).join('\n')}\n`)
      expect(await store.check()).toMatchObject({ status: 'matches' })
      expect(await store.check({ published })).toMatchObject({
        status: 'differs',
        first: { what: 'log', where: `ws_a head ${EVENTS}, as it was published`, found: expect.stringContaining('the newest are missing') },
      })
    })

    it('the heads dropped alone: head', async () => {
      const store = await sealed()
      rmSync(join(store.folder, 'heads', 'ws_a'), { recursive: true })
      expect(await store.check({ published })).toMatchObject({
        status: 'differs',
        first: { what: 'head', where: `ws_a head ${EVENTS}, as it was published` },
      })
    })

    it('everything rewritten and signed by the key holder: head', async () => {
      const store = await sealed()
      store.edit((db) => put(db, 301, text(db, 301).replace(/"i":(\d+)/, '"i":99$1')))
      for (const name of ['tiles', 'heads', 'log.db']) rmSync(join(store.folder, name), { recursive: true })
      const writer = openSqliteStore({ file: join(store.folder, 'events.db'), mode: 'write' })
      await new SealKit(store.folder, writer).sealAll()
      await writer.close()
      expect(await store.check({ published })).toMatchObject({
        status: 'differs',
        first: { what: 'head', where: `ws_a head ${EVENTS}, as it was published` },
      })
    })
  })

  describe('S13. everything rewritten and all hashes recomputed', () => {
    /** The store edited, its log made anew from the first leaf on, and signed. */
    async function rewritten(key: 'own' | 'another'): Promise<Sealed> {
      const store = await sealed()
      store.edit((db) => put(db, 301, text(db, 301).replace(/"i":(\d+)/, '"i":99$1')))
      for (const name of ['tiles', 'heads', 'log.db', ...(key === 'own' ? [] : ['signing.key'])])
        rmSync(join(store.folder, name), { recursive: true })
      const writer = openSqliteStore({ file: join(store.folder, 'events.db'), mode: 'write' })
      await new SealKit(store.folder, writer).sealAll()
      await writer.close()
      return store
    }

    it('and signed by a stranger (outside key): head', async () => {
      expect(await (await rewritten('another')).check()).toMatchObject({ status: 'differs', first: { what: 'head' } })
    })

    it('and signed by the key holder (kept head): matches in itself, only who kept a head sees it', async () => {
      const store = await rewritten('own')
      expect(await store.check()).toMatchObject({ status: 'matches' })
      const [kept, now] = [template, store.folder].map((folder) =>
        headIn(linesOf(join(folder, 'heads', 'ws_a', 'heads.jsonl')).at(-1) ?? ''),
      )
      expect(kept !== undefined && now !== undefined && fraudOfHeads(kept, now)).toMatchObject({ kind: 'two-heads', differ: 'root' })
    })
  })
})

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n')
}

function headIn(line: string): TreeHead {
  const parsed = parseTreeHead(`${JSON.parse(line).note.split('\n\n')[0]}\n`)
  if (parsed.status === 'refused') throw new Error(parsed.reason)
  return parsed.head
}

/** The line of a head with another root, as the key holder would sign it. */
async function forked(line: string, folder: string): Promise<string> {
  const [key] = loadSigningKeys(join(folder, 'signing.key'))
  if (key === undefined) throw new Error('expected a signing key, found none')
  const text = treeHeadText({ ...headIn(line), root: new Uint8Array(32).fill(7) })
  const note = await signNote(text, [{ key: verifierKey(ORIGIN, key.publicKey), sign: signEd25519(key.privateKey) }])
  return JSON.stringify({ ...JSON.parse(line), note: Buffer.from(noteBytes(note)).toString() })
}
