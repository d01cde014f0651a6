import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StreamSlice } from '../event-store.ts'
import { StreamIds } from './stream-ids.ts'

const STREAM = 'ws_a.model-m'
const idOf = (version: number) => `00000000-0000-4000-8000-${version.toString(16).padStart(12, '0')}`

/** A stream of so many events, and what was read of it. */
function aStream(length: number) {
  const stream = { length, read: 0 }
  const read = async (_stream: string, { from = 0, limit }: StreamSlice) => {
    const page = Array.from({ length: Math.min(limit, stream.length - from) }, (_, i) => ({ id: idOf(from + i), streamVersion: from + i }))
    stream.read += page.length
    return page
  }
  return { stream, ids: new StreamIds(read) }
}

test('a stream is read once, and then only what came since', async () => {
  const { stream, ids } = aStream(1_300)
  expect(await ids.versionOf(STREAM, idOf(5_000))).toBeNull()
  expect(await ids.versionOf(STREAM, idOf(0))).toBe(0)
  expect(await ids.versionOf(STREAM, idOf(1_299))).toBe(1_299)
  expect(stream.read).toBe(1_300)
  stream.length = 1_310
  expect(await ids.versionOf(STREAM, idOf(1_305))).toBe(1_305)
  expect(await ids.versionOf(STREAM, idOf(5_000))).toBeNull()
  expect(stream.read).toBe(1_310)
})

test('ids are found wherever they stand, also by several who ask at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 1_500 }), { minLength: 1, maxLength: 8 }), fc.nat({ max: 1_400 }), async (asked, length) => {
      const { ids } = aStream(length)
      const versions = await Promise.all(asked.map((version) => ids.versionOf(STREAM, idOf(version))))
      expect(versions).toEqual(asked.map((version) => (version < length ? version : null)))
    }),
    { numRuns: 200, interruptAfterTimeLimit: 3000 },
  )
})
