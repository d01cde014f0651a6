import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { event, person } from '../../testing/given.ts'
import type { RecordedFact } from '../recorded-fact.ts'
import { approvalInForce, approvedThings, evolveApprovals, noApprovals, type ThingApprovals } from './in-force.ts'

const SUBJECT = 'model:cs@7'
const day = (n: number, hour = 12) => `2026-03-${String(n).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`

function recorded(type: string, at: string, { changes = {}, stream = 'approval-a', streamVersion = 0 } = {}): RecordedFact {
  const id = '0192f3c4-0000-7000-8000-000000000005'
  const past = event(type, changes, person('anna'))
  return { ...past, id, workspace: 'ws_1', stream: `ws_1.${stream}`, streamVersion, occurredAt: at, recordedAt: at }
}

const terms = { approval: 'a', subject: SUBJECT, subjectVersion: 12, expiresAt: day(31) }
const requested = recorded('ApprovalRequested', day(1), { changes: terms })
const granted = recorded('ApprovalGranted', day(2), { changes: terms, streamVersion: 3 })
const withdrawn = recorded('ApprovalWithdrawn', day(10), { changes: { approval: 'a', subject: SUBJECT }, streamVersion: 4 })
const registered = (version: string, streamVersion: number, at: string) =>
  recorded('ModelVersionRegistered', at, { changes: { model: 'cs', version }, stream: 'model-cs', streamVersion })

function inForce(events: readonly RecordedFact[], at: string, subject = SUBJECT): boolean {
  return approvalInForce(foldFor(subject, events), at) !== null
}

function foldFor(subject: string, events: readonly RecordedFact[]): ThingApprovals {
  return events.filter((one) => approvedThings(one).includes(subject)).reduce(evolveApprovals, noApprovals)
}

describe('an approval is in force', () => {
  test('from the grant on, not from the request', () => {
    expect(inForce([requested], day(3))).toBe(false)
    expect(inForce([requested, granted], day(2, 11))).toBe(false)
    expect(inForce([requested, granted], day(2))).toBe(true)
  })

  test('until it expires, to the millisecond', () => {
    expect(inForce([requested, granted], '2026-03-31T11:59:59.999Z')).toBe(true)
    expect(inForce([requested, granted], day(31))).toBe(false)
  })

  test('until it is withdrawn; before that it was', () => {
    expect(inForce([requested, granted, withdrawn], day(10))).toBe(false)
    expect(inForce([requested, granted, withdrawn], day(9))).toBe(true)
  })

  test('until its thing changes materially; before that it was', () => {
    const correction = {
      event: 'ws_1.model-cs/0192f3c4-0000-7000-8000-000000000001',
      type: 'ModelVersionRegistered',
      data: { ...(registered('7', 0, day(1)).data as object) },
      reason: 'Another digest.',
    }
    const corrected = recorded('EventCorrected', day(9), { changes: correction, stream: 'model-cs', streamVersion: 13 })
    expect(inForce([requested, granted, corrected], day(9))).toBe(false)
    expect(inForce([requested, granted, corrected], day(8))).toBe(true)
  })

  test('for exactly that version: another version changes nothing of it', () => {
    expect(inForce([requested, granted, registered('8', 13, day(5))], day(6))).toBe(true)
    expect(inForce([requested, granted], day(6), 'model:cs@8')).toBe(false)
    expect(inForce([requested, granted], day(6), 'model:cs')).toBe(false)
  })

  test('never, if its thing had changed behind the version that it refers to', () => {
    expect(inForce([registered('7', 13, day(1, 1)), requested, granted], day(3))).toBe(false)
    expect(inForce([registered('7', 12, day(1, 1)), requested, granted], day(3))).toBe(true)
  })

  test('not longer by claiming to know what was not yet recorded', () => {
    const claims = { ...terms, subjectVersion: 1_000 }
    const events = [
      recorded('ApprovalRequested', day(1), { changes: claims }),
      registered('7', 13, day(2, 1)),
      recorded('ApprovalGranted', day(2), { changes: claims, streamVersion: 3 }),
    ]
    expect(inForce(events, day(3))).toBe(false)
  })

  test('whether or not the lapse was reported', () => {
    const lapsed = recorded('ApprovalLapsed', day(20), { changes: { approval: 'a', subject: SUBJECT, because: 'expired' } })
    expect(inForce([requested, granted, lapsed], day(3))).toBe(true)
  })
})

describe('systems', () => {
  const system = 'aisystem:credit-scoring'
  const systemTerms = { ...terms, subject: system }
  const changed = recorded('SystemChanged', day(5), { stream: 'aisystem-credit-scoring', streamVersion: 13 })
  const drifted = recorded('FeedbackRecorded', day(5), { stream: 'aisystem-credit-scoring', streamVersion: 13 })
  const events = [
    recorded('ApprovalRequested', day(1), { changes: systemTerms }),
    recorded('ApprovalGranted', day(2), { changes: systemTerms, streamVersion: 2 }),
  ]

  test('material types end approvals, others do not', () => {
    expect(inForce([...events, drifted], day(6), system)).toBe(true)
    expect(inForce([...events, changed], day(6), system)).toBe(false)
  })
})

test('is total over any subset of the events in any order, and bounded', () => {
  const events = [
    requested,
    granted,
    withdrawn,
    registered('7', 13, day(5)),
    recorded('ApprovalLapsed', day(20), { changes: { approval: 'a', subject: SUBJECT } }),
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 12 }), fc.integer({ min: 1, max: 30 }), (some, n) => {
      const state = foldFor(SUBJECT, some)
      const before = approvalInForce(state, day(n))
      expect(approvalInForce(JSON.parse(JSON.stringify(state)), day(n))).toEqual(before)
      if (before !== null) expect(some).toContain(granted)
    }),
  )
  const many = Array.from({ length: 150 }, (_, i) =>
    recorded('ApprovalGranted', day(2), { changes: { ...terms, approval: `a${i}`, expiresAt: i === 3 ? day(30) : day(1) } }),
  )
  const state = foldFor(SUBJECT, many)
  expect(state.approvals).toHaveLength(100)
  expect(approvalInForce(state, day(3))?.approval).toBe('a3')
})
