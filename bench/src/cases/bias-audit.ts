import { randomBytes, randomUUID } from 'node:crypto'
import type { PlainRow } from '../yardsticks/plain-row.ts'

export const MODELS = 64

/** The event of the append benchmarks: a bias audit with one free-text field, spread over 64 models. */
export function biasAudit(n: number): Readonly<Record<string, unknown>> {
  return {
    model: `bench-${n % MODELS}`,
    version: '7',
    protectedAttribute: 'gender',
    metric: 'selection_rate',
    groups: [
      { group: 'f', value: 0.41, n: 1200 },
      { group: 'm', value: 0.47, n: 1300 },
    ],
    threshold: 0.8,
    passed: true,
    findings: `Ratio of selection rates 0.87 in sample ${String(n).padStart(9, '0')}; district 12 needs a second look.`,
    systems: ['credit-scoring'],
  }
}

/** A row of the size that the same event has in the store: its canonical bytes and its salt. */
export function plainRow(n: number): PlainRow {
  return {
    id: randomUUID(),
    stream: `ws_benchbenchbenchbench.model-bench-${n % MODELS}`,
    version: Math.floor(n / MODELS),
    bytes: STORED,
    salt: SALT,
  }
}

const SALT = randomBytes(16)

/** The envelope of a bias audit as it is stored, with its finding sealed. */
export const storedEnvelope = {
  about: ['aisystem:credit-scoring', 'model:bench-1', 'model:bench-1@7'],
  actor: { id: 'ak_benchbenchbenchbench', kind: 'service' },
  causationId: null,
  correlationId: null,
  data: {
    ...biasAudit(1),
    findings: {
      ct: randomBytes(103).toString('base64'),
      enc: 1,
      iv: randomBytes(12).toString('base64'),
      kc: randomBytes(32).toString('hex'),
      sub: null,
    },
  },
  id: randomUUID(),
  occurredAt: '2026-11-21T08:00:00.000Z',
  recordedAt: '2026-11-21T08:00:00.000Z',
  stream: 'ws_benchbenchbenchbench.model-bench-1',
  streamVersion: 100,
  type: 'BiasAudited',
  v: 1,
  version: 1,
  workspace: 'ws_benchbenchbenchbench',
}

const STORED = Buffer.from(JSON.stringify(storedEnvelope))
