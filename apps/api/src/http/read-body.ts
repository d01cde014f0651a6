import type { IncomingMessage } from 'node:http'
import { TypedError } from './typed-error.ts'

export const MOST_BODY_BYTES = 4 * 1024 * 1024
export const BODY_TOO_LARGE = 'The body is over 4 MiB; send fewer events in one call.'

/** @throws TypedError BODY_TOO_LARGE when the headers already say so. */
export function refuseLargeBody({ headers }: IncomingMessage): void {
  if (Number(headers['content-length']) > MOST_BODY_BYTES) throw new TypedError('BODY_TOO_LARGE', BODY_TOO_LARGE)
}

/**
 * Calls `whole` with the body or, as soon as it is over the limit, `tooLarge`; neither if the sender goes away before its end.
 * What comes after the limit is dropped; the caller ends the connection.
 */
export function readBody(request: IncomingMessage, whole: (body: Buffer) => void, tooLarge: () => void): void {
  let first: Buffer | null = null
  let chunks: Buffer[] | null = null
  let length = 0
  const take = (chunk: Buffer) => {
    length += chunk.length
    if (length > MOST_BODY_BYTES) {
      request.off('data', take)
      request.off('end', end)
      request.resume()
      tooLarge()
    } else if (first === null) first = chunk
    else if (chunks === null) chunks = [first, chunk]
    else chunks.push(chunk)
  }
  const end = () => whole(chunks === null ? (first ?? Buffer.alloc(0)) : Buffer.concat(chunks, length))
  request.on('data', take)
  request.on('end', end)
}
