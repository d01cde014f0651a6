/**
 * Appends without end, for the crash test: `node append-load.ts <folder> <from>`. Event n has an id and a stream that follow from n. A
 * line `n version position recordedAt repeated` is written, by a synchronous write, for each receipt.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { loadMasterKey } from '../keys/master-key.ts'
import { openKeyStore } from '../keys/open-key-store.ts'
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts'
import type { EventDraft } from './event-draft.ts'
import { openLedger } from './open-ledger.ts'

const [, , folder = '', from = '0'] = process.argv
const SENDERS = 24
const STREAMS = 8

const store = openSqliteStore({ file: join(folder, 'events.db'), mode: 'write' })
const keys = openKeyStore({ file: join(folder, 'keys.db'), masterKey: loadMasterKey(join(folder, 'master.key')), mode: 'write' })
const ledger = openLedger({ store, keys, now: Date.now })
let next = Number(from)

await Promise.all(Array.from({ length: SENDERS }, send))

async function send(): Promise<void> {
  for (;;) {
    const n = next++
    const batch = n % 10 === 0 ? [draft(n), draft(++next - 1), draft(++next - 1)] : [draft(n)]
    for (const outcome of await ledger.append(batch)) {
      if (outcome.status === 'refused') throw new Error(JSON.stringify(outcome))
      writeSync(
        1,
        `${Number.parseInt(outcome.id.slice(-12), 16)} ${outcome.streamVersion} ${outcome.position} ${outcome.recordedAt} ${outcome.repeated}\n`,
      )
    }
  }
}

function draft(n: number): EventDraft {
  return {
    id: `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
    type: 'SystemChanged',
    version: 1,
    workspace: 'ws_crash',
    stream: `ws_crash.aisystem-s${n % STREAMS}`,
    about: [],
    actor: { kind: 'service', id: 'svc_crash' },
    occurredAt: '2026-03-01T08:00:00.000Z',
    correlationId: null,
    causationId: null,
    data: { summary: `change ${n}` },
    sealed: n % 3 === 0 ? [] : [{ pointer: '/summary', how: 'encrypted', subject: null }],
    expectedVersion: null,
  }
}
