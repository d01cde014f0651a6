import { eventTypes, whoMayRecord } from '@annal/domain'
import { describe, expect, test } from 'vitest'
import type { Emission } from './emission.ts'
import { prepareEvent } from './prepare-event.ts'

const NOW = Date.parse('2026-03-04T07:14:00.000Z')
const drift: Emission<'DriftDetected'> = {
  type: 'DriftDetected',
  data: { model: 'cs', version: '7', kind: 'data', metric: 'psi', value: 0.27, threshold: 0.2, window: 'P7D' },
}

describe('an event that is prepared', () => {
  test('gets an id of version 7 and the time', () => {
    const prepared = prepareEvent(drift, NOW)
    expect(prepared).toMatchObject({ status: 'prepared', id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/) })
    expect(JSON.parse(prepared.status === 'prepared' ? prepared.envelope : '')).toMatchObject({
      occurredAt: '2026-03-04T07:14:00.000Z',
      event: { driftDetected: drift.data },
    })
  })

  test('keeps its own, normalised', () => {
    const id = '0192F3C4-5A00-7000-8000-000000000001'
    const prepared = prepareEvent({ ...drift, id, occurredAt: '2026-03-04T08:14:00+01:00' }, 0)
    expect(JSON.parse(prepared.status === 'prepared' ? prepared.envelope : '')).toMatchObject({
      id: id.toLowerCase(),
      occurredAt: '2026-03-04T07:14:00.000Z',
    })
  })

  test('is checked field by field, by Annal’s own schemas', () => {
    const changed = (changes: object) => prepareEvent({ ...drift, data: { ...drift.data, ...changes } }, NOW)
    expect(changed({ value: 'much' })).toMatchObject({ status: 'invalid', code: 'InvalidEvent', path: '/data/value' })
    expect(changed({ value: Number.NaN })).toMatchObject({ path: '/data/value' })
    expect(changed({ windw: 'P7D' })).toMatchObject({ path: expect.stringContaining('/data') })
    expect(changed({ note: '\ud800' })).toMatchObject({ status: 'invalid' })
    expect(prepareEvent({ ...drift, id: '7' }, NOW)).toMatchObject({ path: '/id' })
    expect(prepareEvent({ ...drift, occurredAt: 'yesterday' }, NOW)).toMatchObject({ path: '/occurredAt' })
    expect(prepareEvent({ ...drift, occurredAt: new Date(Number.NaN) }, NOW)).toMatchObject({ path: '/occurredAt' })
    expect(prepareEvent({ ...drift, correlationId: 'No Spaces' }, NOW)).toMatchObject({ path: '/correlationId' })
    expect(prepareEvent({ ...drift, causationId: 'cs' }, NOW)).toMatchObject({ path: '/causationId' })
    expect(prepareEvent({ type: 'Nonsense', data: {} }, NOW)).toMatchObject({ path: '/type' })
    expect(prepareEvent({ type: 'DriftDetected', data: null }, NOW)).toMatchObject({ status: 'invalid' })
  })

  test('is an observation: what people decide or Annal records itself is not emitted', () => {
    for (const type of eventTypes) {
      const prepared = prepareEvent({ type: type.name, data: type.example }, NOW)
      expect(prepared.status, type.name).toBe(whoMayRecord(type.name).includes('service') ? 'prepared' : 'invalid')
    }
  })

  test('is known to the compiler by its type', () => {
    // @ts-expect-error: a field that the type doesn't have
    const surplus: Emission<'DriftDetected'> = { type: 'DriftDetected', data: { ...drift.data, colour: 'red' } }
    // @ts-expect-error: a number where a word belongs
    const wrong: Emission<'DriftDetected'> = { type: 'DriftDetected', data: { ...drift.data, kind: 7 } }
    const lacking: Emission<'DriftDetected'>['data'] | { model: 'cs' } = { model: 'cs' }
    // @ts-expect-error: a decision
    const decision: Emission<'ModelRetired'> = { type: 'ModelRetired', data: { model: 'cs', reason: 'Old.' } }
    // @ts-expect-error: fields are missing
    const missing: Emission<'DriftDetected'> = { type: 'DriftDetected', data: lacking }
    for (const emission of [surplus, wrong, decision, missing]) expect(prepareEvent(emission, NOW).status).toBe('invalid')
  })
})
