import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEvent } from '@annal/domain'
import { type EventDraft, type Ledger, openEventStoreDb, openKeyStore, openLedger } from '@annal/ledger'
import type { BenchCase } from '../bench-case.ts'
import { alternate } from '../load/statistics.ts'
import { recordFiles } from '../record/record-estate.ts'
import { openBareClient } from '../yardsticks/bare-event-store-db.ts'
import { biasAudit, MODELS } from './bias-audit.ts'

const IN_FLIGHT = MODELS

/** Single appends through the ledger over EventStoreDB, beside the bare client, both with 64 in flight on 64 streams. */
export const esdbAppend: BenchCase = {
  figures: ['esdb-append-64'],
  async run({ scale, skip }) {
    const connectionString = process.env.ANNAL_TEST_ESDB
    if (connectionString === undefined) {
      skip('esdb-append-64 is left out: ANNAL_TEST_ESDB names no EventStoreDB')
      return []
    }
    const bench = await openBench(connectionString)
    try {
      await bench.ours(scale.warmUp)
      await bench.bare(scale.warmUp)
      const medians = await alternate(
        scale.rounds,
        () => bench.ours(scale.round),
        () => bench.bare(scale.round),
      )
      return [
        {
          name: 'esdb-append-64',
          value: medians.ours,
          unit: 'per second',
          yardstick: `the bare client with ${IN_FLIGHT} in flight`,
          yardstickValue: medians.yardstick,
          bound: { kind: 'ratio at least', value: 0.5 },
        },
      ]
    } finally {
      await bench.close()
    }
  },
}

async function openBench(connectionString: string) {
  const folder = mkdtempSync(join(tmpdir(), 'annal-bench-esdb-'))
  const files = recordFiles(folder)
  const workspace = `ws_${randomBytes(10).toString('hex')}`
  const store = await openEventStoreDb({ connectionString })
  const keys = openKeyStore({ file: files.keys, masterKey: files.masterKey, mode: 'write' })
  const ledger = openLedger({ store, keys, now: () => Date.now() })
  const drafts = Array.from({ length: IN_FLIGHT }, (_, lane) => draftOf(workspace, lane))
  const bare = openBareClient(connectionString, workspace)
  return {
    ours: (milliseconds: number) => perSecond(milliseconds, (lane) => record(ledger, drafts[lane])),
    bare: (milliseconds: number) => perSecond(milliseconds, (lane) => bare.append(lane)),
    close: async () => {
      await ledger.close()
      await store.close()
      await bare.close()
      keys.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function draftOf(workspace: string, lane: number): EventDraft {
  const occurredAt = new Date().toISOString()
  const parsed = parseEvent('BiasAudited', biasAudit(lane), occurredAt)
  if (parsed.status === 'refused') throw new Error(`expected a bias audit, found ${parsed.path}: ${parsed.message}`)
  return {
    ...parsed.event,
    id: randomUUID(),
    stream: `${workspace}.${parsed.event.stream}`,
    workspace,
    actor: { kind: 'service', id: 'ak_benchbenchbenchbench' },
    occurredAt,
    correlationId: null,
    causationId: null,
    expectedVersion: null,
  }
}

async function record(ledger: Ledger, draft: EventDraft | undefined): Promise<void> {
  if (draft === undefined) throw new Error('expected a draft for every lane, found none')
  const [outcome] = await ledger.append([{ ...draft, id: randomUUID() }])
  if (outcome?.status !== 'recorded') throw new Error(`expected a receipt, found ${JSON.stringify(outcome)}`)
}

async function perSecond(milliseconds: number, append: (lane: number) => Promise<unknown>): Promise<number> {
  const started = performance.now()
  let appended = 0
  const drive = async (lane: number) => {
    while (performance.now() - started < milliseconds) {
      await append(lane)
      appended++
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, (_, lane) => drive(lane)))
  return appended / ((performance.now() - started) / 1000)
}
