import { expect, test } from 'vitest'
import type { KeptEvent } from '../outbox/outbox-reader.ts'
import { sortOutcomes } from './sort-outcomes.ts'

const kept: KeptEvent = { place: { segment: 1, offset: 8 }, next: { segment: 1, offset: 9 }, envelope: '{}', bytes: 2 }
const refused = (code: string) => ({ status: 'refused', id: 'a', code, message: code, path: null }) as const

test.each(['CLOCK_SKEW', 'LOG_BEHIND_PUBLISHED_HEAD'])('%s is about the server: the event waits', (code) => {
  expect(sortOutcomes([kept], [refused(code)])).toEqual({ settled: [], siblings: [], tooMuch: [], later: [kept] })
})

test.each(['INVALID_EVENT', 'CONTENT_DIFFERS', 'SUBJECT_ERASED'])('%s is about the event: it is settled', (code) => {
  expect(sortOutcomes([kept], [refused(code)]).settled).toEqual([{ kept, outcome: refused(code) }])
})
