import { crc32 } from 'node:zlib'

/**
 * A record of a segment: `length (u32 LE) ‖ CRC-32 of length and payload (u32 LE) ‖ payload`. No payload is empty, so that a tail of zeros is
 * no record.
 */
const HEAD = 8
export const LARGEST_PAYLOAD = 1024 * 1024

export type Unframed =
  | { readonly status: 'record'; readonly payload: Buffer; readonly end: number }
  /** The bytes end before the record does. */
  | { readonly status: 'incomplete' }
  | { readonly status: 'damaged'; readonly found: string }

export function frame(payload: Buffer): Buffer {
  if (payload.length === 0 || payload.length > LARGEST_PAYLOAD)
    throw new Error(`expected a payload of 1 to ${LARGEST_PAYLOAD} bytes, found ${payload.length}`)
  const framed = Buffer.allocUnsafe(HEAD + payload.length)
  framed.writeUInt32LE(payload.length, 0)
  payload.copy(framed, HEAD)
  framed.writeUInt32LE(checksum(framed, 0, payload), 4)
  return framed
}

/** The record that begins at `offset`. `payload` shares memory with `bytes`. */
export function unframe(bytes: Buffer, offset: number): Unframed {
  if (bytes.length - offset < HEAD) return { status: 'incomplete' }
  const length = bytes.readUInt32LE(offset)
  if (length === 0 || length > LARGEST_PAYLOAD) return { status: 'damaged', found: `a length of ${length}` }
  const end = offset + HEAD + length
  if (end > bytes.length) return { status: 'incomplete' }
  const payload = bytes.subarray(offset + HEAD, end)
  if (checksum(bytes, offset, payload) !== bytes.readUInt32LE(offset + 4)) return { status: 'damaged', found: 'a wrong checksum' }
  return { status: 'record', payload, end }
}

function checksum(bytes: Buffer, offset: number, payload: Buffer): number {
  return crc32(payload, crc32(bytes.subarray(offset, offset + 4)))
}
