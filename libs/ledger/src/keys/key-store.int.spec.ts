import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { eventKey, isSubjectId } from '@annal/proof'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StoreCorrupt, StoreUnavailable, StoreVersionMismatch } from '../event-store.ts'
import { eventId, STREAM, WORKSPACE } from './example-events.ts'
import type { KeyReader, KeyStore } from './key-store.ts'
import { nodeDigests } from './node-digests.ts'
import { openKeyStore } from './open-key-store.ts'
import { KeyMissing } from './sqlite-key-reader.ts'
import { WrongMasterKey } from './verify-master-key.ts'
import { unwrap } from './wrapping.ts'

let folder: string
let file: string
let masterKey: KeyObject
let keys: KeyStore
let reader: KeyReader

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-keys-'))
  file = join(folder, 'keys.db')
  masterKey = createSecretKey(randomBytes(32))
  keys = openKeyStore({ file, masterKey, mode: 'write' })
  reader = openKeyStore({ file, masterKey, mode: 'read' })
})

afterEach(() => {
  reader.close()
  keys.close()
  rmSync(folder, { recursive: true })
})

function reopen(): void {
  keys.close()
  keys = openKeyStore({ file, masterKey, mode: 'write' })
}

describe('block keys', () => {
  test('an event key is the same for sealing, for reading, for another reader and after a restart', () => {
    keys.blockKeysForSealing([{ stream: STREAM, block: 0 }])
    const key = keys.eventKeyForSealing(STREAM, 3, eventId(3))
    expect(key).toHaveLength(32)
    expect(keys.eventKey(STREAM, 3, eventId(3))).toEqual(key)
    expect(reader.eventKey(STREAM, 3, eventId(3))).toEqual(key)
    reopen()
    expect(keys.eventKeyForSealing(STREAM, 3, eventId(3))).toEqual(key)
  })

  test('every event has one of its own; 256 stream versions share a block', () => {
    const blocks = [0, 1].map((block) => ({ stream: STREAM, block }))
    keys.blockKeysForSealing(blocks)
    const of = (version: number, id: number) => Buffer.from(keys.eventKeyForSealing(STREAM, version, eventId(id))).toString('hex')
    expect(new Set([of(0, 0), of(255, 255), of(256, 256)]).size).toBe(3)
    expect(of(0, 7)).toBe(of(255, 7))
    expect(of(255, 7)).not.toBe(of(256, 7))
  })

  test('sealing without preparation makes the key all the same', () => {
    const key = keys.eventKeyForSealing(STREAM, 300, eventId(1))
    expect(reader.eventKey(STREAM, 300, eventId(1))).toEqual(key)
    expect(reader.eventKey(STREAM, 0, eventId(1))).toBeNull()
  })

  test('asking again, also for the same block twice, makes nothing new', () => {
    keys.blockKeysForSealing([{ stream: STREAM, block: 0 }])
    const key = keys.eventKeyForSealing(STREAM, 0, eventId(0))
    const other = `${WORKSPACE}.model-cs`
    keys.blockKeysForSealing([
      { stream: STREAM, block: 0 },
      { stream: other, block: 0 },
      { stream: other, block: 0 },
    ])
    expect(keys.eventKeyForSealing(STREAM, 0, eventId(0))).toEqual(key)
    expect(rows('block_key')).toBe(2)
  })

  test('of a call that fails none is made', () => {
    const blocks = [
      { stream: STREAM, block: 0 },
      { stream: STREAM, block: Number.NaN },
    ]
    expect(() => keys.blockKeysForSealing(blocks)).toThrow()
    expect(keys.eventKey(STREAM, 0, eventId(0))).toBeNull()
    keys.blockKeysForSealing([{ stream: STREAM, block: 0 }])
    expect(keys.eventKey(STREAM, 0, eventId(0))).not.toBeNull()
  })

  test('more blocks than are cached are all found', () => {
    const blocks = Array.from({ length: 10_000 }, (_, i) => ({ stream: `${WORKSPACE}.model-m${i}`, block: 0 }))
    keys.blockKeysForSealing(blocks)
    const all = blocks.map(({ stream }) => Buffer.from(keys.eventKeyForSealing(stream, 0, eventId(0))).toString('hex'))
    expect(new Set(all).size).toBe(blocks.length)
    expect(blocks.map(({ stream }) => Buffer.from(keys.eventKey(stream, 0, eventId(0)) ?? []).toString('hex'))).toEqual(all)
    expect(rows('block_key')).toBe(blocks.length)
  })

  test('nobody finds a key that was never made', () => {
    expect(keys.eventKey(STREAM, 0, eventId(0))).toBeNull()
    expect(reader.eventKey(STREAM, 0, eventId(0))).toBeNull()
    keys.blockKeysForSealing([{ stream: STREAM, block: 0 }])
    expect(reader.eventKey(STREAM, 0, eventId(0))).not.toBeNull()
  })
})

describe('data subjects', () => {
  test('a reference has one id and one key, made at first use and kept', () => {
    const subject = keys.subjectFor(WORKSPACE, 'customer 4711')
    expect(subject).toMatch(/^sub_[a-z2-7]{20}$/)
    expect(isSubjectId(subject)).toBe(true)
    expect(keys.subjectFor(WORKSPACE, 'customer 4711')).toBe(subject)
    const key = keys.subjectKey(WORKSPACE, subject)
    expect(key).toHaveLength(32)
    reopen()
    expect(keys.subjectFor(WORKSPACE, 'customer 4711')).toBe(subject)
    expect(keys.subjectKey(WORKSPACE, subject)).toEqual(key)
    expect(reader.subjectKey(WORKSPACE, subject)).toEqual(key)
  })

  test('other references and other workspaces have others', () => {
    const subjects = [
      keys.subjectFor(WORKSPACE, 'customer 4711'),
      keys.subjectFor(WORKSPACE, 'customer 4712'),
      keys.subjectFor(WORKSPACE, ''),
      keys.subjectFor('ws_other', 'customer 4711'),
    ]
    expect(new Set(subjects).size).toBe(4)
    expect(keys.subjectKey('ws_other', subjects[0] ?? '')).toBeNull()
  })

  test('thousands of references, some of which share a bucket, are told apart', () => {
    const references = Array.from({ length: 2_000 }, (_, i) => `customer ${i}`)
    const subjects = references.map((reference) => keys.subjectFor(WORKSPACE, reference))
    expect(new Set(subjects).size).toBe(references.length)
    expect(references.map((reference) => keys.subjectFor(WORKSPACE, reference))).toEqual(subjects)
  }, 60_000)

  test('an unknown subject has no key and was not erased', () => {
    expect(keys.subjectKey(WORKSPACE, 'sub_unknown')).toBeNull()
    expect(keys.subjectErased(WORKSPACE, 'sub_unknown')).toBe(false)
  })

  test('the reference itself stands nowhere, nor its plain hash', async () => {
    keys.subjectFor(WORKSPACE, 'ada.lovelace@example.org')
    keys.close()
    const raw = readFileSync(file)
    expect(raw.includes('ada.lovelace')).toBe(false)
    for (const hash of [digestOf('ada.lovelace@example.org'), digestOf('"ada.lovelace@example.org"')])
      expect(raw.includes(Buffer.from(hash))).toBe(false)
    keys = openKeyStore({ file, masterKey, mode: 'write' })
  })
})

describe('the index key of a workspace', () => {
  test('is made once, by the writer, and never changes', () => {
    expect(() => reader.indexKey(WORKSPACE)).toThrow(KeyMissing)
    const key = keys.indexKey(WORKSPACE)
    expect(key).toHaveLength(32)
    expect(keys.indexKey('ws_other')).not.toEqual(key)
    expect(reader.indexKey(WORKSPACE)).toEqual(key)
    reopen()
    expect(keys.indexKey(WORKSPACE)).toEqual(key)
  })
})

describe('the file', () => {
  test('is for its owner alone, with all that stands beside it', () => {
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600)
  })

  test('holds no key in plain bytes', () => {
    const index = keys.indexKey(WORKSPACE)
    const subject = keys.subjectKey(WORKSPACE, keys.subjectFor(WORKSPACE, 'a')) ?? new Uint8Array()
    const raw = Buffer.concat([file, `${file}-wal`].map((name) => readFileSync(name)))
    expect(raw.includes(Buffer.from(index))).toBe(false)
    expect(raw.includes(Buffer.from(subject))).toBe(false)
  })

  test.each(['write', 'read'] as const)('is refused with another master key (%s), in a sentence, and stays as it is', (mode) => {
    const key = keys.eventKeyForSealing(STREAM, 0, eventId(0))
    const open = () => openKeyStore({ file, masterKey: createSecretKey(randomBytes(32)), mode: mode as 'write' })
    expect(open).toThrow(WrongMasterKey)
    expect(open).toThrow(/Expected the master key that the key store .* was made with, found another one/)
    expect(keys.eventKey(STREAM, 0, eventId(0))).toEqual(key)
  })

  test('is read when no writer has it open, too', () => {
    const key = keys.eventKeyForSealing(STREAM, 0, eventId(0))
    reader.close()
    keys.close()
    reader = openKeyStore({ file, masterKey, mode: 'read' })
    expect(reader.eventKey(STREAM, 0, eventId(0))).toEqual(key)
    keys = openKeyStore({ file, masterKey, mode: 'write' })
  })

  test('is not made by a reader', () => {
    const absent = join(folder, 'absent.db')
    expect(() => openKeyStore({ file: absent, masterKey, mode: 'read' })).toThrow(StoreUnavailable)
  })

  test('of a newer Annal is refused, and so is any other SQLite file', () => {
    const newer = new DatabaseSync(file)
    newer.exec('PRAGMA user_version = 99')
    newer.close()
    for (const mode of ['write', 'read'] as const) {
      expect(() => openKeyStore({ file, masterKey, mode: mode as 'write' })).toThrow(StoreVersionMismatch)
      expect(() => openKeyStore({ file, masterKey, mode: mode as 'write' })).toThrow(/found 99/)
    }
    const foreign = join(folder, 'foreign.db')
    const db = new DatabaseSync(foreign)
    db.exec('CREATE TABLE t (a)')
    db.close()
    expect(() => openKeyStore({ file: foreign, masterKey, mode: 'write' })).toThrow(/found another SQLite file/)
  })

  test('that is no SQLite file is refused as damaged', () => {
    const damaged = join(folder, 'damaged.db')
    writeFileSync(damaged, 'not a database, but long enough to be looked at as one by SQLite'.repeat(20))
    expect(() => openKeyStore({ file: damaged, masterKey, mode: 'write' })).toThrow(StoreCorrupt)
  })

  test('with two wrapped keys exchanged is found out', () => {
    keys.blockKeysForSealing([0, 1].map((block) => ({ stream: STREAM, block })))
    const db = new DatabaseSync(file)
    db.exec('UPDATE block_key SET cell = (SELECT sum(cell) FROM block_key) - cell')
    db.close()
    expect(() => reader.eventKey(STREAM, 0, eventId(0))).toThrow(StoreCorrupt)
  })
})

test('two stores that write at once give a reference one subject and a block one key', () => {
  const other = openKeyStore({ file, masterKey, mode: 'write' })
  expect(other.subjectFor(WORKSPACE, 'a')).toBe(keys.subjectFor(WORKSPACE, 'a'))
  expect(other.eventKeyForSealing(STREAM, 0, eventId(0))).toEqual(keys.eventKeyForSealing(STREAM, 0, eventId(0)))
  expect(other.indexKey(WORKSPACE)).toEqual(keys.indexKey(WORKSPACE))
  other.close()
})

test('event keys are those of the record format, from the wrapped block key', () => {
  keys.blockKeysForSealing([{ stream: STREAM, block: 0 }])
  const db = new DatabaseSync(file, { readOnly: true })
  const wrapped = db.prepare('SELECT wrapped FROM block_key JOIN cell ON id = cell').get()?.wrapped
  db.close()
  const blockKey = unwrap(masterKey, ['block', STREAM, 0, 0], wrapped as Uint8Array)
  expect(Buffer.from(eventKey(blockKey, STREAM, eventId(9)))).toEqual(Buffer.from(keys.eventKeyForSealing(STREAM, 9, eventId(9))))
})

function digestOf(text: string): Uint8Array {
  return nodeDigests.sha256(Buffer.from(text))
}

function rows(table: string): number {
  const db = new DatabaseSync(file, { readOnly: true })
  const count = Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n)
  db.close()
  return count
}
