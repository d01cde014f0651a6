import { randomBytes, randomUUID } from 'node:crypto'
import type { PlainRow } from '../yardsticks/postgres.ts'

const MODELS = 64

/** The event of the append benchmarks: a bias audit with one free-text field, spread over 64 models. */
export function biasAuditInput(n: number): Record<string, unknown> {
  return {
    id: randomUUID(),
    occurredAt: new Date().toISOString(),
    event: {
      biasAudited: {
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
        findings: `Ratio of selection rates 0.87 in sample ${n}; district 12 needs a second look.`,
        systems: ['credit-scoring'],
      },
    },
  }
}

const APPEND = 'mutation Append($events:[EventEnvelopeInput!]!){append(events:$events){outcomes{__typename ...on Receipt{position streamVersion}...on Refusal{code message}}}}'

export function appendBody(first: number, count: number): string {
  const events = Array.from({ length: count }, (_, i) => biasAuditInput(first + i))
  return JSON.stringify({ query: APPEND, variables: { events } })
}

const ERRORS = Buffer.from('"errors"')
const REFUSAL = Buffer.from('"Refusal"')

/** Every event of the answer has a receipt. */
export function allRecorded(body: Buffer): boolean {
  return body.indexOf(ERRORS) < 0 && body.indexOf(REFUSAL) < 0
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
const STORED = Buffer.from(
  JSON.stringify({
    about: ['aisystem:credit-scoring', 'model:bench-1', 'model:bench-1@7'],
    actor: { id: 'ak_benchbench', kind: 'service' },
    causationId: null,
    correlationId: null,
    data: {
      findings: { ct: randomBytes(92).toString('base64'), enc: 1, iv: randomBytes(12).toString('base64'), kc: randomBytes(32).toString('hex'), sub: null },
      groups: [
        { group: 'f', n: 1200, value: 0.41 },
        { group: 'm', n: 1300, value: 0.47 },
      ],
      metric: 'selection_rate',
      model: 'bench-1',
      passed: true,
      protectedAttribute: 'gender',
      systems: ['credit-scoring'],
      threshold: 0.8,
      version: '7',
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
  }),
)
