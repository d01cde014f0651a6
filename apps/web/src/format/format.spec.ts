import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ago, dayAndTime, endOf, localExact, localSecond, readersZone, utcExact } from './instants.ts'
import { countOf, exactNumber } from './numbers.ts'
import { shortenMiddle } from './shorten.ts'
import { words } from './words.ts'

describe('words of names', () => {
  it.each([
    ['BiasAudited', 'Bias audited'],
    ['protectedAttribute', 'Protected attribute'],
    ['annexIIIPoint', 'Annex III point'],
    ['ApiKeyIssued', 'API key issued'],
    ['RegisteredInEuDatabase', 'Registered in EU database'],
    ['inputHmac', 'Input HMAC'],
    ['constructor', 'Constructor'],
    ['sha256', 'SHA-256'],
    ['PIIFound', 'PII found'],
    ['real-time', 'Real time'],
  ])('%s → %s', (name, text) => expect(words(name)).toBe(text))
})

describe('ids', () => {
  it('keeps both ends and never grows', () => {
    expect(shortenMiddle('0190f3b2-7c1e-7aa0-9d5e-3f1c2b4a5d6e')).toBe('0190f3b2…4a5d6e')
    fc.assert(
      fc.property(fc.string(), (text) => {
        const short = shortenMiddle(text)
        expect(short.length).toBeLessThanOrEqual(text.length)
        expect(text.startsWith(short.slice(0, 8))).toBe(true)
      }),
    )
  })
})

describe('times', () => {
  const instant = '2026-11-21T08:05:12.345Z'
  it('are of one width, exact, and never only relative', () => {
    expect(localSecond(instant)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    expect(localExact(instant)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.345$/)
    expect(utcExact(instant)).toBe('2026-11-21 08:05:12.345 UTC')
    expect(dayAndTime(new Date(2026, 4, 1, 23, 59, 59, 999).toISOString())).toBe('1 May 2026, 23:59')
    expect(dayAndTime(new Date(2026, 4, 1, 9, 5, 7).toISOString())).toBe('1 May 2026, 09:05:07')
    expect(ago(instant, new Date('2026-11-21T08:08:12.345Z'))).toBe('3 minutes ago')
    expect(ago(instant, new Date('2027-06-21T08:08:12.345Z'))).toBe('7 months ago')
    expect(ago(instant, new Date('2029-06-21T08:08:12.345Z'))).toBe('3 years ago')
  })
})

describe('ends', () => {
  // What is valid until the 1st, until midnight, doesn't end on the 2nd, however far east of it somebody reads that.
  it.each([
    ['Europe/Berlin', '2026-05-01T22:00:00.000Z'],
    ['America/New_York', '2026-05-02T04:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-05-01T10:00:00.000Z'],
  ])('of a day in %s are 24:00 of that day', (zone, instant) => {
    expect(endOf(instant, zone).text).toBe('2026-05-01 24:00:00')
  })

  it('name the zone of the law where the reader has another time', () => {
    const midnight = new Date(2026, 4, 2).toISOString()
    expect(endOf(midnight, readersZone())).toEqual({ text: '2026-05-01 24:00:00', zone: null })
    expect(endOf('2026-05-01T10:00:00.000Z', 'Pacific/Kiritimati').zone).toBe('Pacific/Kiritimati')
  })

  it('of hours are in the reader’s zone', () => {
    const noon = new Date(2026, 4, 2, 12, 30).toISOString()
    expect(endOf(noon, readersZone())).toEqual({ text: '2026-05-02 12:30:00', zone: null })
  })
})

describe('numbers', () => {
  it('are grouped, and keep their digits', () => {
    expect(countOf(10_000, false, 'event', 'events')).toBe('10,000+ events')
    expect(countOf(1, true, 'event', 'events')).toBe('1 event')
    expect(exactNumber(0.0931)).toBe('0.0931')
    expect(exactNumber(1284410)).toBe('1,284,410')
  })
})
