import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

/** How long, in ms, a sender may pause before the connection goes, and how long it stays at most. */
const PAUSE = 1_000
const STAY = 30_000

/**
 * An answer that ends its connection, given before the request's end: what still comes is dropped until the sender is done. One that is
 * cut off while he sends gets a reset, and never sees why.
 */
export function lingering(answer: string, request: IncomingMessage): Readable {
  return Readable.from(answerThenWait(answer, request), { objectMode: false })
}

async function* answerThenWait(answer: string, request: IncomingMessage): AsyncGenerator<Buffer> {
  yield Buffer.from(answer)
  if (request.complete || request.destroyed) return
  await new Promise<void>((resolve) => {
    const pause = setTimeout(resolve, PAUSE)
    const stay = setTimeout(resolve, STAY)
    const done = () => {
      clearTimeout(pause)
      clearTimeout(stay)
      resolve()
    }
    request.on('data', () => pause.refresh())
    request.once('end', done)
    request.once('close', done)
    request.resume()
  })
}
