import { describe, expect, test } from 'vitest'
import { event, person } from '../../testing/given.ts'
import { evolveLegalHolds, holdsCovering, type LegalHold } from './legal-holds.ts'

const anna = person('anna')
const onSubject = event('LegalHoldPlaced', {}, anna)
const onSystems = event('LegalHoldPlaced', { hold: 'hold-systems', subject: undefined, systems: ['credit-scoring'] }, anna)
const holds = (...events: { type: string; data: Readonly<Record<string, unknown>> }[]) =>
  events.reduce<readonly LegalHold[]>(evolveLegalHolds, [])

describe('legal holds of a workspace', () => {
  test('cover the data subject, or the events of systems', () => {
    const placed = holds(onSubject, onSystems)
    expect(holdsCovering(placed, { subjects: ['sub_77aa41c9'], about: [] })).toEqual(['hold-2026-3'])
    expect(holdsCovering(placed, { subjects: [], about: ['aisystem:credit-scoring', 'model:cs'] })).toEqual(['hold-systems'])
    expect(holdsCovering(placed, { subjects: ['sub_other'], about: ['aisystem:churn'] })).toEqual([])
  })

  test('end with their release', () => {
    const released = event('LegalHoldReleased', { hold: 'hold-systems', subject: undefined }, anna)
    expect(holds(onSubject, onSystems, released, onSubject).map(({ hold }) => hold)).toEqual(['hold-2026-3'])
  })

  test('other events change nothing', () => expect(holds(event('SubjectErased', {}, anna), event('PayloadExpired'))).toEqual([]))
})
