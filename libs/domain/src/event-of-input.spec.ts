import { expect, test } from 'vitest'
import { eventOfInput, memberName } from './event-of-input.ts'
import { eventTypes } from './event-types.ts'

test('the one member says the type', () => {
  expect(eventOfInput({ driftDetected: { model: 'cs' } })).toEqual({ status: 'read', type: 'DriftDetected', data: { model: 'cs' } })
  expect(memberName('DriftDetected')).toBe('driftDetected')
})

test.each([
  ['none', {}],
  ['driftDetected, driftResolved', { driftDetected: {}, driftResolved: {} }],
  ['driftDetected, driftResolved', { driftDetected: {}, driftResolved: null }],
  ['"dreamt"', { dreamt: {} }],
  ['"approvalGranted"', { approvalGranted: {} }],
  ['"projectScored"', { projectScored: {} }],
  ['"__proto__"', JSON.parse('{"__proto__": {}}')],
])('refused: %s', (message, input) => {
  expect(eventOfInput(input)).toEqual({ status: 'refused', message: expect.stringContaining(message) })
})

test('the data of a correction is an input of its own', () => {
  const read = eventOfInput({ eventCorrected: { event: 'ws_1.model-cs/x', data: { driftDetected: { model: 'cs' } }, reason: 'r' } })
  expect(read).toEqual({
    status: 'read',
    type: 'EventCorrected',
    data: { event: 'ws_1.model-cs/x', type: 'DriftDetected', data: { model: 'cs' }, reason: 'r' },
  })
  expect(eventOfInput({ eventCorrected: { data: {} } })).toMatchObject({ status: 'refused' })
  expect(eventOfInput({ eventCorrected: null })).toMatchObject({ status: 'refused' })
})

test('members are told apart', () => {
  expect(new Set(eventTypes.map(({ name }) => memberName(name))).size).toBe(eventTypes.length)
})
