import { connect, type Socket } from 'node:net'

export interface LoadPlan {
  readonly port: number
  readonly connections: number
  readonly milliseconds: number
  /** The bytes of the next request, header and body. Called once per request. */
  readonly nextRequest: () => Buffer
  /** Says whether an answer counts as success; the first that doesn't ends the run with its text. */
  readonly accept: (body: Buffer) => boolean
  /** At most so many requests a second over all connections; unbounded if absent. */
  readonly ratePerSecond?: number
}

export interface LoadResult {
  readonly requests: number
  readonly perSecond: number
  /** Milliseconds from writing the request to the last byte of its answer, sorted. */
  readonly latencies: Float64Array
}

const HEADER_END = Buffer.from('\r\n\r\n')
const CONTENT_LENGTH = /content-length: (\d+)/i

/** Keeps `connections` keep-alive HTTP/1.1 connections busy, one request in flight on each, and times every answer. */
export async function httpLoad(plan: LoadPlan): Promise<LoadResult> {
  const latencies: number[] = []
  const started = performance.now()
  const end = started + plan.milliseconds
  let sent = 0
  const due = () => (plan.ratePerSecond ? started + (sent * 1000) / plan.ratePerSecond : 0)

  const drive = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let received: Buffer = Buffer.alloc(0)
      let sentAt = 0
      const send = () => {
        const now = performance.now()
        if (now >= end) {
          socket.end()
          return resolve()
        }
        const wait = due() - now
        sent++
        const go = () => {
          sentAt = performance.now()
          socket.write(plan.nextRequest())
        }
        wait > 1 ? setTimeout(go, wait) : go()
      }
      socket.on('data', (chunk) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
        const body = completeBody(received)
        if (!body) return
        latencies.push(performance.now() - sentAt)
        received = Buffer.alloc(0)
        plan.accept(body) ? send() : reject(new Error(`refused: ${body.toString().slice(0, 500)}`))
      })
      socket.on('error', reject)
      socket.on('close', () => resolve())
      send()
    })

  const sockets = await Promise.all(Array.from({ length: plan.connections }, () => open(plan.port)))
  await Promise.all(sockets.map(drive))
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

/** A complete POST of a JSON body with a bearer key. */
export function postRequest({ path, key, body }: { path: string; key: string; body: string }): Buffer {
  const bytes = Buffer.from(body)
  return Buffer.concat([
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nauthorization: Bearer ${key}\r\ncontent-length: ${bytes.length}\r\n\r\n`,
    ),
    bytes,
  ])
}
