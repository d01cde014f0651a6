import { expect, test } from 'vitest'
import type { ParsedEvent } from '../event-type.ts'
import { eventType } from '../event-types.ts'
import { parseEvent } from '../parse-event.ts'
import { decideCorrection } from './decide.ts'

const outcome = parseEvent('EventCorrected', eventType('EventCorrected')?.example, '2026-03-05T00:00:00.000Z')
const correction = (outcome as { event: ParsedEvent }).event
const original = { type: 'DriftDetected', stream: 'model-cs', about: ['aisystem:limit-setting', 'model:cs', 'model:cs@6'], data: {} }

test('a correction is about all that either is about', () => {
  expect(decideCorrection(correction, original, 'ws_k7m2q9x4t1')).toEqual({
    status: 'accepted',
    about: ['aisystem:credit-scoring', 'aisystem:limit-setting', 'model:cs', 'model:cs@6', 'model:cs@7'],
  })
})

test.each([
  ['of another workspace', original, 'ws_other'],
  ['no such event', null, 'ws_k7m2q9x4t1'],
  ['in the stream', { ...original, stream: 'model-other' }, 'ws_k7m2q9x4t1'],
  ['is a ModelEvaluated', { ...original, type: 'ModelEvaluated' }, 'ws_k7m2q9x4t1'],
])('refused: %s', (message, found, workspace) => {
  expect(decideCorrection(correction, found, workspace)).toEqual({ status: 'refused', message: expect.stringContaining(message) })
})

test('what makes a version known stays of that version', () => {
  const [event, type] = ['ws_k7m2q9x4t1.model-cs/0192f3c4-0000-7000-8000-000000000007', 'ModelVersionRegistered']
  const registration = eventType(type)?.example as Record<string, unknown>
  const decided = (changes: Record<string, unknown>) => {
    const parsed = parseEvent(
      'EventCorrected',
      { event, type, data: { ...registration, ...changes }, reason: 'x' },
      '2026-03-05T00:00:00.000Z',
    )
    const found = { type, stream: 'model-cs', about: ['model:cs'], data: registration }
    return decideCorrection((parsed as { event: ParsedEvent }).event, found, 'ws_k7m2q9x4t1')
  }
  expect(decided({ framework: 'LightGBM 4.6' })).toMatchObject({ status: 'accepted' })
  expect(decided({ version: '8' })).toEqual({ status: 'refused', message: expect.stringContaining('of the version 7') })
})
