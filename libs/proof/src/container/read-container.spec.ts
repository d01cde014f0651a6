import { deflateSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { crc32 } from './crc-32.ts'
import { JAVASCRIPT_READING, MemberContent } from './read-container.ts'
import { localHeader } from './zip-layout.ts'

const CONTENT = encodeUtf8(Array.from({ length: 50_000 }, (_, i) => `${i * i}\n`).join(''))

/** All of a member whose packed bytes are these. */
async function read(packed: Uint8Array): Promise<number> {
  const member = { name: 'events.jsonl', size: CONTENT.length, packedSize: packed.length, crc: crc32(CONTENT), offset: 0 }
  const bytes = new Uint8Array(Buffer.concat([localHeader(member), packed]))
  const source = { size: bytes.length, read: (at: number, length: number) => bytes.slice(at, at + length) }
  let length = 0
  for await (const chunk of new MemberContent(source, member, JAVASCRIPT_READING).chunks()) length += chunk.length
  return length
}

describe('deflated bytes', () => {
  const whole = deflateSync(CONTENT)

  test('are read to their end, however they were deflated', async () => {
    for (const level of [0, 1, 6, 9] as const) expect(await read(deflateSync(CONTENT, { level }))).toBe(CONTENT.length)
  })

  test.each([
    ['a byte', Buffer.from([0])],
    ['another stream', deflateSync(encodeUtf8('other'))],
    ['more than a chunk', Buffer.alloc(600_000, 1)],
  ])('are refused with %s behind their end', async (_what, more) => {
    await expect(read(Buffer.concat([whole, more]))).rejects.toThrow('behind their end')
  })

  test('are refused without their end', async () => {
    await expect(read(whole.subarray(0, -1))).rejects.toThrow('expected deflated bytes')
  })
})
