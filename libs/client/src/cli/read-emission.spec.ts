import { describe, expect, it } from 'vitest'
import { readEmission } from './read-emission.ts'

const ID = '0192f3c4-5a00-7000-8000-000000000002'
const observed = { id: ID, type: 'DriftResolved', occurredAt: '2026-03-06T09:00:00Z', data: { model: 'cs' } }
const read = (value: unknown) => readEmission(value, async () => 'ws_a')

describe('a line for annal-emit', () => {
  it('is an event by its type and data, or by the member of the API', async () => {
    const { type, data, ...rest } = observed
    const emission = { ...observed, correlationId: undefined, causationId: undefined }
    expect(await read(observed)).toEqual({ status: 'read', emission })
    expect(await read({ ...rest, event: { driftResolved: data } })).toEqual({ status: 'read', emission })
  })

  it('that was refused before can be mended and sent again', async () => {
    expect(await read({ refused: { place: '1:0', code: 'BAD_USER_INPUT' }, ...observed })).toMatchObject({ status: 'read' })
  })

  it.each([
    [
      'a misspelt member, which would be lost',
      { ...observed, corelationId: 'a' },
      'corelationId: this field is unknown, and would be lost',
    ],
    ['a sender of its own', { ...observed, actor: 'p_1' }, 'actor: this field is unknown, and would be lost'],
    ['two events at once', { ...observed, event: { driftResolved: {} } }, 'event: expected either event, or type and data'],
    ['no id', { ...observed, id: undefined }, 'id: expected a UUID, so that sending it again is the same event'],
    ['no time', { ...observed, occurredAt: 5 }, 'occurredAt: expected an RFC 3339 instant'],
    [
      'no type',
      { ...observed, type: undefined, data: undefined },
      'type: expected an event type such as ModelRegistered, or a CloudEvent with specversion',
    ],
    ['no object', [observed], 'expected a JSON object'],
  ])('with %s is refused', async (_what, value, message) => {
    expect(await read(value)).toEqual({ status: 'invalid', message })
  })
})
