import { randomUUID } from 'node:crypto'
import { biasAudit, MODELS } from '../cases/bias-audit.ts'
import { graphqlRequest } from './http-load.ts'

const APPEND =
  'mutation Append($events:[EventEnvelopeInput!]!){append(events:$events){outcomes{__typename ...on Receipt{position streamVersion}...on Refusal{code message}}}}'
const ID = /"id":"[0-9a-f-]{36}"/g
const BEFORE_ID = '"id":"'.length
const SAMPLE = /sample \d{9}/g
const BEFORE_SAMPLE = 'sample '.length

interface Template {
  readonly request: Buffer
  readonly ids: readonly number[]
  readonly samples: readonly number[]
}

/**
 * Mutations of `count` bias audits, each event with an id and a finding of its own. They are made by writing into copies of prepared
 * requests, so that the load costs the machine little.
 */
export function appendRequests(key: string, count: number): () => Buffer {
  const templates = Array.from({ length: MODELS }, (_, i) => template(key, i * count, count))
  let event = 0
  return () => {
    const { request, ids, samples } = templates[(event / count) % MODELS] ?? template(key, 0, count)
    const copy = Buffer.allocUnsafe(request.length)
    request.copy(copy)
    for (const [i, id] of ids.entries()) {
      copy.write(randomUUID(), id, 'latin1')
      copy.write(String(event + i).padStart(9, '0'), samples[i] ?? 0, 'latin1')
    }
    event += count
    return copy
  }
}

/** All of it is ASCII: a place in the text is a place in the bytes. */
function template(key: string, first: number, count: number): Template {
  const occurredAt = new Date().toISOString()
  const events = Array.from({ length: count }, (_, i) => ({
    id: randomUUID(),
    occurredAt,
    event: { biasAudited: biasAudit(first + i) },
  }))
  const request = graphqlRequest(key, JSON.stringify({ query: APPEND, variables: { events } }))
  const text = request.toString('latin1')
  return { request, ids: places(text, ID, BEFORE_ID), samples: places(text, SAMPLE, BEFORE_SAMPLE) }
}

function places(text: string, pattern: RegExp, before: number): number[] {
  return [...text.matchAll(pattern)].map(({ index }) => index + before)
}

const ERRORS = Buffer.from('"errors"')
const REFUSAL = Buffer.from('"Refusal"')

/** Every event of the answer has a receipt. */
export function allRecorded(body: Buffer): boolean {
  return body.indexOf(ERRORS) < 0 && body.indexOf(REFUSAL) < 0
}
