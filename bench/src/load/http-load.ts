import { connect, type Socket } from 'node:net'

export interface LoadPlan {
  readonly port: number
  readonly connections: number
  /** How long, in ms, requests are sent; what is under way then is still answered and counted. */
  readonly milliseconds: number
  /** The bytes of the next request, header and body. Called once per request. */
  readonly nextRequest: () => Buffer
  /** Says whether an answer counts as success; the first that doesn't ends the run with its text. */
  readonly accept: (body: Buffer) => boolean
  /** At most so many requests a second over all connections; unbounded if absent. */
  readonly ratePerSecond?: number
  /** At most so many requests; unbounded if absent. */
  readonly requests?: number
}

export interface LoadResult {
  readonly requests: number
  readonly perSecond: number
  /** Milliseconds from writing the request to the last byte of its answer, sorted. */
  readonly latencies: Float64Array
}

const HEADER_END = Buffer.from('\r\n\r\n')
const CONTENT_LENGTH = /content-length: (\d+)/i
const NOTHING = Buffer.alloc(0)

/** Keeps `connections` keep-alive HTTP/1.1 connections busy, one request in flight on each, and times every answer. */
export async function httpLoad(plan: LoadPlan): Promise<LoadResult> {
  const sockets = await Promise.all(Array.from({ length: plan.connections }, () => open(plan.port)))
  const latencies: number[] = []
  const most = plan.requests ?? Number.POSITIVE_INFINITY
  const started = performance.now()
  const end = started + plan.milliseconds
  let sent = 0
  const due = () => (plan.ratePerSecond ? started + (sent * 1000) / plan.ratePerSecond : 0)

  const drive = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let received: Buffer = NOTHING
      let sentAt = 0
      const send = () => {
        const now = performance.now()
        const at = due()
        if (now >= end || at >= end || sent >= most) return resolve()
        sent++
        if (at - now > 1) setTimeout(write, at - now)
        else write()
      }
      const write = () => {
        sentAt = performance.now()
        socket.write(plan.nextRequest())
      }
      socket.on('data', (chunk) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
        const body = completeBody(received)
        if (!body) return
        latencies.push(performance.now() - sentAt)
        received = NOTHING
        if (plan.accept(body)) send()
        else reject(new Error(`expected another answer, found ${body.toString().slice(0, 500)}`))
      })
      socket.on('error', reject)
      socket.on('close', () => reject(new Error('expected an answer, found the connection closed')))
      send()
    })

  try {
    await Promise.all(sockets.map(drive))
  } finally {
    for (const socket of sockets) socket.destroy()
  }
  const seconds = (performance.now() - started) / 1000
  return { requests: latencies.length, perSecond: latencies.length / seconds, latencies: Float64Array.from(latencies).sort() }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

function completeBody(received: Buffer): Buffer | null {
  const headerEnd = received.indexOf(HEADER_END)
  if (headerEnd < 0) return null
  const length = Number(CONTENT_LENGTH.exec(received.toString('latin1', 0, headerEnd))?.[1] ?? 0)
  const from = headerEnd + HEADER_END.length
  return received.length >= from + length ? received.subarray(from, from + length) : null
}

/** A complete POST of a GraphQL body with a bearer key. */
export function graphqlRequest(key: string, body: string): Buffer {
  const bytes = Buffer.from(body)
  const header = [
    'POST /graphql HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    `authorization: Bearer ${key}`,
    `content-length: ${bytes.length}`,
  ]
  return Buffer.concat([Buffer.from(`${header.join('\r\n')}\r\n\r\n`), bytes])
}
