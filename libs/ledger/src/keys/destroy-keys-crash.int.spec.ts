import { spawn } from 'node:child_process'
import { createSecretKey, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../event-store.ts'
import { draftOf, encrypted, eventId, record, STREAM, WORKSPACE } from './example-events.ts'
import type { FieldRedaction } from './key-store.ts'
import { openEvent } from './open-event.ts'
import { openKeyStore } from './open-key-store.ts'

const MASTER = randomBytes(32)
const masterKey = createSecretKey(MASTER)
const SEALED = [encrypted('/reason'), encrypted('/note')]
const gone = { erased: true }

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-keys-'))
  file = join(folder, 'keys.db')
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('a redaction whose process is killed', () => {
  test.each([
    ['before anything was durable', 'BEGIN', ['reason 0', 'reason 1', 'reason 2'], true],
    ['after the siblings were kept', 'KEEP', ['reason 0', 'reason 1', 'reason 2'], true],
    ['within the destruction', 'KEEP BEGIN', ['reason 0', 'reason 1', 'reason 2'], true],
    ['after the destruction, with the log full of it', 'KEEP DESTROY', ['reason 0', gone, 'reason 2'], false],
  ])('%s leaves a whole state, and repeating it finishes', async (_when, steps, reasons, stillThere) => {
    const stored = recordThree()
    const secrets = blockSecrets()
    expect(await killedAfter(steps, redactionOf(stored))).toBe('SIGKILL')
    expect(secrets.some(found)).toBe(true)

    const keys = openKeyStore({ file, masterKey, mode: 'write' })
    expect(stored.map((event) => openEvent(event, keys).data.reason)).toEqual(reasons)
    expect(stored.map((event) => openEvent(event, keys).data.note)).toEqual(['note 0', 'note 1', 'note 2'])
    stored.push(record(draftAt(3), 3, keys))
    expect(keys.redactField(redactionOf(stored))).toEqual({ status: stillThere ? 'destroyed' : 'nothing-left' })

    expect(stored.map((event) => openEvent(event, keys).data.reason)).toEqual(['reason 0', gone, 'reason 2', 'reason 3'])
    expect(stored.map((event) => openEvent(event, keys).data.note)).toEqual(['note 0', 'note 1', 'note 2', 'note 3'])
    expect(secrets.filter(found)).toEqual([])
    keys.close()
  })
})

function draftAt(n: number) {
  return draftOf({ reason: `reason ${n}`, note: `note ${n}` }, SEALED, n)
}

function recordThree(): RecordedEvent[] {
  const keys = openKeyStore({ file, masterKey, mode: 'write' })
  const stored = [0, 1, 2].map((n) => record(draftAt(n), n, keys))
  keys.close()
  return stored
}

function redactionOf(stored: readonly RecordedEvent[]): FieldRedaction {
  const event = { workspace: WORKSPACE, stream: STREAM, streamVersion: 1, id: eventId(1) }
  return { event, pointer: '/reason', fields: SEALED, blockEvents: stored.map(({ id }) => id) }
}

/** Runs the steps in a process of its own, which then kills itself, in the midst of a transaction if the last step is BEGIN. */
function killedAfter(steps: string, redaction: FieldRedaction): Promise<string | number | null> {
  const from = (name: string) => JSON.stringify(new URL(name, import.meta.url))
  const code = `
    import { createSecretKey } from 'node:crypto'
    import { destroyFieldInTransaction, keepSiblingsInTransaction } from ${from('./destroy-keys.ts')}
    import { KEY_STORE_ID, keySchema } from ${from('./key-schema.ts')}
    import { KeyTables } from ${from('./key-tables.ts')}
    import { openPrivateDatabase } from ${from('./private-database.ts')}
    const db = openPrivateDatabase({ what: 'key store', file: ${JSON.stringify(file)}, applicationId: KEY_STORE_ID, steps: keySchema }, 'write')
    const tables = new KeyTables(db, createSecretKey(Buffer.from('${MASTER.toString('hex')}', 'hex')))
    const redaction = ${JSON.stringify(redaction)}
    const acts = {
      KEEP: () => db.transaction(() => keepSiblingsInTransaction(tables, redaction)),
      DESTROY: () => db.transaction(() => destroyFieldInTransaction(tables, redaction)),
      BEGIN: () => {
        db.prepare('BEGIN IMMEDIATE').run()
        keepSiblingsInTransaction(tables, redaction)
        destroyFieldInTransaction(tables, redaction)
      },
    }
    for (const step of '${steps}'.split(' ')) acts[step]()
    process.kill(process.pid, 'SIGKILL')`
  const args = ['--conditions=@annal/source', '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  return new Promise((resolve) => child.once('close', (status, signal) => resolve(signal ?? status)))
}

function blockSecrets(): Uint8Array[] {
  const db = new DatabaseSync(file, { readOnly: true })
  const rows = db.prepare('SELECT wrapped FROM block_key JOIN cell ON id = cell').all()
  db.close()
  return rows.map((row) => row.wrapped as Uint8Array)
}

function found(secret: Uint8Array): boolean {
  return [file, `${file}-wal`, `${file}-shm`].some((name) => existsSync(name) && readFileSync(name).includes(Buffer.from(secret)))
}
