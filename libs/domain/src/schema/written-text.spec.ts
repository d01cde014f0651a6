import { describe, expect, test } from 'vitest'
import { eventType } from '../event-types.ts'
import { parseEvent } from '../parse-event.ts'
import { textComplaint } from './written-text.ts'

describe('a name', () => {
  test.each([
    ['blanks', '  '],
    ['a blank of no width', '\u200b'],
    ['joiners', '\u200d\u200c\u2060\ufeff'],
    ['fillers of scripts', '\u3164\u115f\u2800\u00ad'],
  ])('of nothing but %s is none', (_what, name) => {
    expect(textComplaint(name, 'name')).toBe('expected a name that can be seen')
    expect(textComplaint(name, 'line')).toBeNull()
  })

  test.each([
    ['an override', 'Anna\u202egro.knab'],
    ['an isolate', 'Anna\u2066'],
    ['a line separator', 'Anna\u2028Administrator'],
  ])('with %s is refused: it would be read as another', (_what, name) => {
    expect(textComplaint(name, 'name')).toBe('expected a name without characters that break or turn its line')
  })

  test.each([['Łucja Nowak'], ['علی‌رضا'], ['דנה\u200f (AI)'], ['क्‍ष'], ['👩‍🔬'], ['7']])('of any script is one: %s', (name) => {
    expect(textComplaint(name, 'name')).toBeNull()
  })

  test.each(['SystemRegistered', 'ModelRegistered', 'DatasetRegistered', 'ComponentPublished', 'ProjectProposed', 'ApiKeyIssued'])(
    'must be seen in %s',
    (type) => {
      const data = { ...(eventType(type)?.example as object), name: '\u200b' }
      expect(parseEvent(type, data, '2026-04-14T08:05:00.000Z')).toMatchObject({ status: 'refused', path: '/name' })
    },
  )
})
