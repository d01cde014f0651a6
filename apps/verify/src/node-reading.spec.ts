import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { nodeReading } from './node-reading.ts'

const CONTENT = Buffer.from(Array.from({ length: 50_000 }, (_, i) => `${i * i}\n`).join(''))
const PIECE = 1 << 16

async function inflated(packed: Uint8Array): Promise<number> {
  async function* pieces() {
    for (let at = 0; at < packed.length; at += PIECE) yield packed.subarray(at, at + PIECE)
  }
  let length = 0
  for await (const chunk of nodeReading.inflate(pieces())) length += chunk.length
  return length
}

test.each([
  ['a byte', Buffer.from([0])],
  ['another stream', deflateRawSync(Buffer.from('other'))],
  ['as much as to fill the piece', Buffer.alloc(PIECE - (deflateRawSync(CONTENT).length % PIECE))],
  ['more than a piece', Buffer.alloc(300_000, 1)],
])('deflated bytes with %s behind their end are refused, as they are without Node', async (_what, more) => {
  const packed = deflateRawSync(CONTENT)
  expect(await inflated(packed)).toBe(CONTENT.length)
  await expect(inflated(Buffer.concat([packed, more]))).rejects.toThrow('behind their end')
})
