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

/** A version of the model `cs`, which is registered by `modelRegistered`. */
export function modelVersionRegistered(version: number): SampleEvent {
  return sample(
    {
      modelVersionRegistered: {
        model: 'cs',
        version: String(version),
        artifact: { sha256: String(version % 10).repeat(64) },
        trainedOn: ['loans@2026-05'],
        metrics: { auc: 0.81, gini: 0.62 },
        systems: ['credit-scoring'],
      },
    },
    // One after the other.
    60 - version,
  )
}

export function modelRegistered(): SampleEvent {
  return sample({
    modelRegistered: {
      model: 'cs',
      name: 'Credit score',
      task: 'classification',
      owner: 'credit-risk-models',
      systems: ['credit-scoring'],
    },
  })
}

export function datasetRegistered(): SampleEvent {
  return sample({
    datasetRegistered: {
      dataset: 'loans',
      name: 'Consumer loans',
      source: 'The core banking system, monthly.',
      owner: 'data-office',
      sensitivity: 'pii',
      region: 'eu',
      legalBasis: 'contract',
    },
  })
}

export function versionDeployed(version: number, secondsAgo = 30): SampleEvent {
  return sample(
    {
      versionDeployed: {
        model: 'cs',
        version: String(version),
        environment: 'production',
        kind: 'real_time',
        strategy: 'all',
        share: 1,
        systems: ['credit-scoring'],
      },
    },
    secondsAgo,
  )
}

export function incidentReported(): SampleEvent {
  const at = new Date(Date.now() - 120_000).toISOString()
  return sample({
    incidentReported: {
      incident: 'inc-1',
      title: 'Refusals rose by a third',
      category: 'fundamental-rights',
      severity: 'high',
      occurredAt: at,
      awareAt: at,
      systems: ['credit-scoring'],
    },
  })
}

export function driftDetected(version: number): SampleEvent {
  return sample({
    driftDetected: {
      model: 'cs',
      version: String(version),
      kind: 'data',
      metric: 'psi',
      value: 0.31,
      threshold: 0.2,
      window: 'P7D',
      systems: ['credit-scoring'],
    },
  })
}

function sample(event: SampleEvent['event'], secondsAgo = 30): SampleEvent {
  return { id: randomUUID(), occurredAt: new Date(Date.now() - secondsAgo * 1_000).toISOString(), correlationId: null, event }
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
