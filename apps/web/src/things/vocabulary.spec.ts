import { expect, test } from 'vitest'
import { annexPoint } from './vocabulary.ts'

test.each([
  ['annex-iii.5.b', '5(b)'],
  ['annex-iii.2', '2'],
  ['somewhere else', 'somewhere else'],
])('%s is point %s', (id, point) => expect(annexPoint(id)).toBe(point))
