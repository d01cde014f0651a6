import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDate, normaliseInstant } from './normalise-instant.ts'

test.each([
  ['2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.000Z'],
  ['2026-03-01T08:00:00Z', '2026-03-01T08:00:00.000Z'],
  ['2026-03-01T08:00:00.5Z', '2026-03-01T08:00:00.500Z'],
  ['2026-03-01T08:00:00.123456789Z', '2026-03-01T08:00:00.123Z'],
  ['2026-03-01T09:00:00.000+01:00', '2026-03-01T08:00:00.000Z'],
  ['2026-03-01t08:00:00z', '2026-03-01T08:00:00.000Z'],
  ['2026-02-28T20:30:00-11:30', '2026-03-01T08:00:00.000Z'],
  ['2024-02-29T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
])('%s', (text, instant) => expect(normaliseInstant(text)).toBe(instant))

test.each([
  '',
  '2026-03-01',
  '2026-03-01T08:00:00',
  '2026-03-01 08:00:00Z',
  '2026-02-29T00:00:00.000Z',
  '2026-13-01T00:00:00.000Z',
  '2026-00-10T00:00:00Z',
  '2026-03-01T24:00:00.000Z',
  '2026-03-01T23:59:60.000Z',
  '2026-03-01T08:00:00.000+24:00',
  '2026-03-01T08:00:00.000Z\n',
  '0000-01-01T00:00:00+01:00',
  '+02026-03-01T08:00:00.000Z',
])('refused: %j', (text) => expect(normaliseInstant(text)).toBeNull())

test('every instant of the clock comes back as it is, with any offset as the same instant', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }),
      fc.integer({ min: -839, max: 839 }),
      (at, minutes) => {
        expect(normaliseInstant(at.toISOString())).toBe(at.toISOString())
        const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, -1)
        const sign = minutes < 0 ? '-' : '+'
        const [h, m] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((n) => String(n).padStart(2, '0'))
        expect(normaliseInstant(`${local}${sign}${h}:${m}`)).toBe(at.toISOString())
      },
    ),
  )
})

test('dates are of the calendar', () => {
  expect(['2024-02-29', '2026-12-31', '2000-02-29'].every(isDate)).toBe(true)
  expect(['2026-02-29', '1900-02-29', '2026-04-31', '2026-4-1', '2026-03-00', '20260301', ''].some(isDate)).toBe(false)
})
