import { describe, expect, it } from 'vitest'
import { itemsOf, optional, problemWith } from './decision.ts'
import { placeHoldDecision } from './erasure-decisions.ts'

describe('what a form says of a field', () => {
  it.each([
    [{ kind: 'text', required: true }, '  ', 'This is needed.'],
    [{ kind: 'text' }, '', null],
    [{ kind: 'text', most: 3 }, 'four', 'At most 3 characters; there are 4.'],
    [{ kind: 'count', required: true, most: 5 }, '6', 'A whole number from 1 to 5.'],
    [{ kind: 'count', required: true }, '1.5', 'A whole number from 1 to 20.'],
    [{ kind: 'instant', required: true }, 'tomorrow', 'This is no date and time.'],
    [{ kind: 'instant', required: true }, '2026-11-21T08:00', null],
    [{ kind: 'day' }, 'tomorrow', 'This is no day.'],
    [{ kind: 'day' }, '2026-11-21', null],
  ] as const)('%o with %j: %j', (field, value, said) => {
    expect(problemWith({ name: 'x', label: 'X', ...field }, value, {})).toBe(said)
  })
})

it('looks at a legal hold again today or later', () => {
  const field = placeHoldDecision(null, new Date('2026-12-01T08:00:00.000Z')).fields.find(({ name }) => name === 'reviewOn')
  const said = (day: string) => field && problemWith(field, day, {})
  expect(said('2026-11-30')).toBe('That day is over, in UTC.')
  expect(said('2026-12-01')).toBeNull()
  expect(said('')).toBeNull()
})

it('takes lists by the line and leaves out what is empty', () => {
  expect(itemsOf('a\nb\n')).toEqual(['a', 'b'])
  expect(optional('reason', ' ')).toEqual({})
  expect(optional('reason', ' why ')).toEqual({ reason: 'why' })
})
