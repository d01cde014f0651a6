import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isInstant, normaliseInstant } from './instant.ts'

describe('any RFC 3339 date-time becomes the one form', () => {
  test.each([
    ['2026-03-01T08:00:00.120Z', '2026-03-01T08:00:00.120Z'],
    ['2026-03-01T08:00:00Z', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01t08:00:00z', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T08:00:00.1Z', '2026-03-01T08:00:00.100Z'],
    ['2026-03-01T08:00:00.9999999Z', '2026-03-01T08:00:00.999Z'],
    ['2026-03-01T09:00:00+01:00', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T00:30:00+05:45', '2026-02-28T18:45:00.000Z'],
    ['2025-12-31T23:30:00.5-01:00', '2026-01-01T00:30:00.500Z'],
    ['2026-03-01T08:00:00-00:00', '2026-03-01T08:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['0099-12-31T00:00:00Z', '0099-12-31T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s', (text, instant) => {
    expect(normaliseInstant(text)).toEqual({ status: 'normalised', instant })
    expect(isInstant(instant)).toBe(true)
  })
})

describe('refused', () => {
  test.each([
    ['', 'not-rfc3339'],
    ['2026-03-01', 'not-rfc3339'],
    ['2026-03-01T08:00Z', 'not-rfc3339'],
    ['2026-03-01T08:00:00', 'not-rfc3339'],
    ['2026-03-01 08:00:00Z', 'not-rfc3339'],
    ['2026-03-01T08:00:00.Z', 'not-rfc3339'],
    ['2026-03-01T08:00:00,5Z', 'not-rfc3339'],
    ['2026-03-01T08:00:00+0100', 'not-rfc3339'],
    ['+002026-03-01T08:00:00Z', 'not-rfc3339'],
    [' 2026-03-01T08:00:00Z', 'not-rfc3339'],
    ['2026-03-01T08:00:00Z\n', 'not-rfc3339'],
    ['２０２６-03-01T08:00:00Z', 'not-rfc3339'],
    ['2026-02-29T08:00:00Z', 'impossible-date'],
    ['1900-02-29T08:00:00Z', 'impossible-date'],
    ['2026-04-31T08:00:00Z', 'impossible-date'],
    ['2026-00-01T08:00:00Z', 'impossible-date'],
    ['2026-13-01T08:00:00Z', 'impossible-date'],
    ['2026-01-00T08:00:00Z', 'impossible-date'],
    ['2026-03-01T24:00:00Z', 'impossible-time'],
    ['2026-03-01T08:60:00Z', 'impossible-time'],
    ['2026-03-01T08:00:61Z', 'impossible-time'],
    ['2026-03-01T08:00:00+24:00', 'impossible-time'],
    ['2026-03-01T08:00:00+01:60', 'impossible-time'],
    ['2016-12-31T23:59:60Z', 'leap-second'],
    ['0000-01-01T00:00:00+00:01', 'outside-years'],
    ['9999-12-31T23:59:59-00:01', 'outside-years'],
  ])('%s: %s', (text, problem) => {
    expect(normaliseInstant(text)).toEqual({ status: 'refused', problem })
    expect(isInstant(text)).toBe(false)
  })
})

test('an instant said with any offset is the same instant', () => {
  const instants = fc.integer({ min: Date.UTC(1, 0, 2), max: Date.UTC(9999, 11, 30) })
  fc.assert(
    fc.property(instants, fc.integer({ min: -1439, max: 1439 }), (milliseconds, offset) => {
      const local = new Date(milliseconds + offset * 60_000).toISOString().slice(0, -1)
      const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) => String(part).padStart(2, '0'))
      const text = `${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`
      expect(normaliseInstant(text)).toEqual({ status: 'normalised', instant: new Date(milliseconds).toISOString() })
    }),
    { numRuns: 2000, interruptAfterTimeLimit: 3000 },
  )
})
