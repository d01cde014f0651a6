import { randomUUID } from 'node:crypto'
import { type AnnalProcess, graphql } from '../kit/annal-process.ts'

export interface SampleEvent {
  readonly id: string
  readonly occurredAt: string
  readonly correlationId: string | null
  readonly event: Readonly<Record<string, unknown>>
}

/** A bias audit of version `version` of the model `cs`, part of the release `release-<version>`. */
export function biasAudit(version: number, passed = true): SampleEvent {
  return {
    id: randomUUID(),
    occurredAt: new Date(Date.now() - 60_000).toISOString(),
    correlationId: `release-${version}`,
    event: {
      biasAudited: {
        model: 'cs',
        version: String(version),
        protectedAttribute: 'gender',
        metric: 'selection_rate',
        groups: [
          { group: 'female', value: 0.412, n: 18_234 },
          { group: 'male', value: 0.447, n: 21_120 },
        ],
        threshold: 0.05,
        passed,
        auditor: 'Model risk, second line',
        systems: ['credit-scoring'],
      },
    },
  }
}

export function systemRegistered(system: string): SampleEvent {
  return {
    id: randomUUID(),
    occurredAt: new Date(Date.now() - 60_000).toISOString(),
    correlationId: null,
    event: {
      systemRegistered: {
        system,
        name: system.replace('-', ' '),
        purpose: 'Estimates the creditworthiness of natural persons who apply for consumer loans.',
        owner: 'credit-risk-models',
        businessUnit: 'Retail banking',
        role: 'provider',
        region: 'eu',
      },
    },
  }
}

interface Appended {
  readonly append: {
    readonly outcomes: readonly { readonly id: string; readonly code?: string; readonly message?: string; readonly position?: string }[]
  }
}

const APPEND = `mutation Append($events: [EventEnvelopeInput!]!) {
  append(events: $events) { outcomes { ... on Receipt { id position } ... on Refusal { id code message } } }
}`
const VISIBLE = 'query Visible($position: Position) { events(first: 1, atLeast: $position) { count { value } } }'

/** Records events as a service does, and waits until the audit trail shows them. */
export async function record(annal: AnnalProcess, key: string, events: readonly SampleEvent[]): Promise<void> {
  const { append } = await graphql<Appended>(annal.url, key, APPEND, { events })
  const refused = append.outcomes.find((outcome) => outcome.code !== undefined)
  if (refused) throw new Error(`expected receipts, found ${refused.code}: ${refused.message}`)
  const auditor = await annal.key('auditor')
  await graphql(annal.url, auditor, VISIBLE, { position: append.outcomes.at(-1)?.position })
}
