import { expect, test } from 'vitest'
import { Attempts } from './attempts.ts'

test('so many attempts a window, and those in order don’t count', () => {
  let now = 0
  const attempts = new Attempts({ most: 2, window: 1_000 }, () => now)
  expect([attempts.take('a'), attempts.take('a'), attempts.take('a'), attempts.take('b')]).toEqual([true, true, false, true])
  now = 999
  expect(attempts.take('a')).toBe(false)
  now = 1_000
  expect(attempts.take('a')).toBe(true)
  attempts.giveBack('a')
  expect([attempts.take('a'), attempts.take('a'), attempts.take('a')]).toEqual([true, true, false])
})

test('of 10,000 keys the one that tried longest ago is forgotten', () => {
  const attempts = new Attempts({ most: 1, window: 1_000 }, () => 0)
  attempts.take('first')
  for (let i = 0; i < 9_999; i++) attempts.take(`${i}`)
  expect(attempts.take('first')).toBe(false)
  for (let i = 0; i < 10_000; i++) attempts.take(`other ${i}`)
  expect(attempts.take('first')).toBe(true)
})
