import { expect, test } from 'vitest'
import { freshIv } from './random-iv.ts'

test('no IV is given out twice, across draws of the pool', () => {
  const seen = new Set(Array.from({ length: 5_000 }, () => Buffer.from(freshIv()).toString('hex')))
  expect(seen.size).toBe(5_000)
})
