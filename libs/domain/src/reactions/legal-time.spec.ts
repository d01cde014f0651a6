import { expect, test } from 'vitest'
import { dayOf, endOfDay, endOfDaysAfter, plusHours } from './legal-time.ts'

test.each([
  ['2026-08-31', 'Europe/Berlin', '2026-08-31T22:00:00.000Z'],
  ['2026-12-31', 'Europe/Berlin', '2026-12-31T23:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ['2026-12-31', 'Pacific/Auckland', '2026-12-31T11:00:00.000Z'],
  ['2026-12-31', 'UTC', '2027-01-01T00:00:00.000Z'],
  ['0099-12-30', 'UTC', '0099-12-31T00:00:00.000Z'],
])('%s ends in %s at %s', (date, zone, end) => expect(endOfDay(date, zone)).toBe(end))

test('days are counted from the day after the event, in the zone', () => {
  const counted = (instant: string, zone: string) => endOfDaysAfter(dayOf(instant, zone), 2, zone)
  expect(counted('2026-04-15T23:30:00.000Z', 'Europe/Berlin')).toBe('2026-04-18T22:00:00.000Z')
  expect(counted('2026-04-15T23:30:00.000Z', 'UTC')).toBe('2026-04-18T00:00:00.000Z')
  expect(plusHours('2026-04-15T08:20:00.000Z', 72)).toBe('2026-04-18T08:20:00.000Z')
})
