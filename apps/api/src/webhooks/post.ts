import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { type Address, allowedAddresses, type Reach } from './addresses.ts'

export interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface PostSurroundings {
  readonly reach: Reach
  /** How long, in ms, the receiver may take from the first byte sent to the last byte of its answer. */
  readonly patience: number
  readonly signal: AbortSignal
}

export type PostOutcome =
  | { readonly status: 'answered'; readonly httpStatus: number; readonly retryAfter: number | null }
  | { readonly status: 'failed'; readonly error: string }

/** No more of an answer is read. Nothing in it matters but the status. */
const MOST_ANSWER = 64 * 1024

/** Sends it once. Redirects are answers like others: they are not followed. */
export async function post({ url, headers, body }: Post, around: PostSurroundings): Promise<PostOutcome> {
  const target = new URL(url)
  const signal = AbortSignal.any([around.signal, AbortSignal.timeout(around.patience)])
  try {
    const found = await allowedAddresses(target.hostname, around.reach)
    if (found.status === 'refused') return { status: 'failed', error: found.message }
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    const options = {
      method: 'POST',
      headers: { ...headers, ...length },
      lookup: answering(found.addresses),
      signal,
      agent: false as const,
    }
    const request = target.protocol === 'https:' ? httpsRequest(target, options) : httpRequest(target, options)
    const answer = await answerTo(request, body)
    return { status: 'answered', httpStatus: answer.statusCode ?? 0, retryAfter: retryAfterOf(answer.headers['retry-after']) }
  } catch (error) {
    return {
      status: 'failed',
      error: signal.aborted && !around.signal.aborted ? `no answer within ${around.patience} ms` : reasonOf(error),
    }
  }
}

/** The addresses that were looked at, and no others. */
function answering(addresses: readonly Address[]): LookupFunction {
  const [first] = addresses
  return (_host, options, callback) => {
    if (first === undefined) callback(new Error('expected an address, found none'), '')
    else if (options.all === true) callback(null, [...addresses])
    else callback(null, first.address, first.family)
  }
}

function answerTo(request: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('error', reject)
    request.once('response', (answer) => {
      let read = 0
      answer.on('data', (chunk: Buffer) => {
        read += chunk.length
        if (read > MOST_ANSWER) answer.destroy(new Error(`the answer is longer than ${MOST_ANSWER} bytes`))
      })
      answer.once('end', () => resolve(answer))
      answer.once('error', reject)
    })
    request.end(body)
  })
}

/** Seconds; the form with a date is not worth a parser. */
function retryAfterOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : null
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = error instanceof AggregateError ? error.errors.map((one) => reasonOf(one)).join('; ') : error.message
  return (inner === '' ? error.name : inner).slice(0, 500)
}
