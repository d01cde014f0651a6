import type { KeptEvent } from '../outbox/outbox-reader.ts'
import type { Refusal } from '../refused-file.ts'
import { retryAfter } from './back-off.ts'

/** The event is durable in Annal. */
export interface Receipt {
  readonly status: 'recorded'
  readonly id: string
  readonly stream: string
  readonly streamVersion: string
  /** Hand it to a query as `atLeast` to read what was written. */
  readonly position: string
  readonly recordedAt: string
  /** True when it was recorded by an earlier attempt, or an earlier emission with this id. */
  readonly repeated: boolean
  readonly erased: boolean
}

/** Why events could not be handed over yet. They are kept and sent again. */
export interface Obstacle {
  /** `outbox`: what Annal answered can't be written down; `credential`: the key is unknown, revoked, expired or of another role; `protocol`: what answers is not an Annal that this client knows. */
  readonly kind: 'outbox' | 'unreachable' | 'unavailable' | 'rate-limited' | 'credential' | 'protocol'
  readonly message: string
}

export type Attempt =
  | { readonly status: 'answered'; readonly outcomes: readonly (Receipt | Refusal)[] }
  /** The request as a whole was refused for its size or for something in it: a part of it may be taken. */
  | { readonly status: 'too-much'; readonly code: string; readonly message: string }
  | { readonly status: 'later'; readonly obstacle: Obstacle; readonly after: number | null }

export interface Target {
  readonly url: string
  readonly apiKey: () => string | Promise<string>
  /** How long, in ms, an answer may take. */
  readonly patience: number
  readonly fetch: typeof fetch
}

/** One fixed document: the server compiles it once. */
const DOCUMENT =
  'mutation Append($events: [EventEnvelopeInput!]!) { append(events: $events) { outcomes { __typename ... on Receipt { id stream streamVersion position recordedAt repeated erased } ... on Refusal { id code message path } } } }'
const HEAD = `{"query":${JSON.stringify(DOCUMENT)},"operationName":"Append","variables":{"events":[`
const TAIL = ']}}'

/** What surrounds the events of a request, in bytes. */
export const OVERHEAD = HEAD.length + TAIL.length

/** Sends events once. Never throws: what goes wrong is why they have to be sent again. */
export async function postEvents(events: readonly KeptEvent[], target: Target, signal: AbortSignal): Promise<Attempt> {
  let response: Response
  let text: string
  try {
    const key = await target.apiKey()
    if (!isSendable(key)) return { status: 'later', obstacle: { kind: 'credential', message: UNSENDABLE_KEY }, after: null }
    response = await target.fetch(`${target.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: `${HEAD}${events.map(({ envelope }) => envelope).join(',')}${TAIL}`,
      signal: AbortSignal.any([signal, AbortSignal.timeout(target.patience)]),
    })
    text = await response.text()
  } catch (error) {
    return { status: 'later', obstacle: { kind: 'unreachable', message: reasonOf(error) }, after: null }
  }
  return readAnswer(response, text, events.length)
}

export const UNSENDABLE_KEY = 'The API key is none: it is empty, or holds blanks, line breaks or letters beyond ASCII.'

/** What a header can't carry, an error about it would repeat: a key never stands in a message. */
export function isSendable(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key)
}

/** fetch hides the reason in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error
    ? `${error.message}: ${error.cause.message || String('code' in error.cause ? error.cause.code : '')}`
    : error.message
}

interface Answer {
  readonly data?: { readonly append?: { readonly outcomes?: readonly unknown[] } | null } | null
  readonly errors?: readonly { readonly message?: string; readonly extensions?: { readonly code?: string } }[]
}

function readAnswer(response: Response, text: string, sent: number): Attempt {
  const answer = parsed(text)
  const outcomes = answer?.data?.append?.outcomes?.map(readOutcome)
  if (outcomes !== undefined && outcomes.length === sent && outcomes.every((outcome) => outcome !== null))
    return { status: 'answered', outcomes }
  const [error] = answer?.errors ?? []
  const code = error?.extensions?.code ?? ''
  const message = error?.message ?? `HTTP ${response.status}: ${text.slice(0, 200)}`
  if (response.status === 413 || divisible.has(code)) return { status: 'too-much', code, message }
  const after = retryAfter(response.headers.get('retry-after'), Date.now())
  return { status: 'later', obstacle: { kind: kindOf(response.status), message }, after }
}

/** Codes that one event of many, or their number, can cause. */
const divisible = new Set([
  'BODY_TOO_LARGE',
  'TOO_MANY_EVENTS',
  'TOO_COSTLY',
  'TOO_DEEP',
  'BAD_USER_INPUT',
  'NUMBER_INEXACT',
  'NUMBER_OUT_OF_RANGE',
  'LONE_SURROGATE',
  'DUPLICATE_KEY',
])

function kindOf(status: number): Obstacle['kind'] {
  if (status === 429) return 'rate-limited'
  if (status === 401 || status === 403 || status === 404) return 'credential'
  return status >= 500 ? 'unavailable' : 'protocol'
}

function parsed(text: string): Answer | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null // What isn't JSON is no answer of Annal: it is told as it stands.
  }
}

function readOutcome(value: unknown): Receipt | Refusal | null {
  if (typeof value !== 'object' || value === null) return null
  const { __typename, ...outcome } = value as Readonly<Record<string, unknown>>
  switch (__typename) {
    case 'Receipt':
      return { ...(outcome as Omit<Receipt, 'status'>), status: 'recorded' }
    case 'Refusal':
      return { ...(outcome as Omit<Refusal, 'status'>), status: 'refused' }
    default:
      return null
  }
}
