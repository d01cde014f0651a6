import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalize, NotJson } from './canonical-json.ts'
import { canonicalText } from './canonical-text.ts'

const LIMIT = { numRuns: 5000, interruptAfterTimeLimit: 3500 }

/** What either of them makes of a value. Which of several wrong things is named first may differ. */
function outcome(write: (value: unknown) => string, value: unknown): string {
  try {
    return write(value)
  } catch (error) {
    if (error instanceof NotJson) return 'refused'
    throw error
  }
}

function expectSame(value: unknown): void {
  expect(outcome((it) => canonicalText(0, it), value)).toBe(outcome(canonicalize, value))
}

describe('the fast writer and the library of RFC 8785', () => {
  test('write the same of every JSON value', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('__proto__', 'constructor', 'length', '10', '9', '\u20ac', '\ud83d\ude00'),
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(-0)),
        fc.array(tie('value'), { maxLength: 6 }),
        fc.dictionary(name, tie('value'), { maxKeys: 6 }),
      ),
    }))
    fc.assert(fc.property(value, expectSame), LIMIT)
  })

  test('write the same of objects with any number of members, whatever their order', () => {
    const names = fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 60 })
    fc.assert(
      fc.property(names, (all) => {
        expectSame(Object.fromEntries(all.map((name, i) => [name, i])))
      }),
      LIMIT,
    )
  })

  test('refuse the same', () => {
    fc.assert(
      fc.property(
        fc.anything({ withDate: true, withMap: true, withBigInt: true, withNullPrototype: true, withSparseArray: true }),
        expectSame,
      ),
      LIMIT,
    )
  })

  test.each<[string, unknown]>([
    ['a lone surrogate', ['\ud800']],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['control characters', '\u0000\u001f\u007f\u2028"\\'],
    ['an own toJSON', { toJSON: () => 'other' }],
    ['a hole', new Array(2)],
    ['a boxed string', Object('text')],
  ])('agree on %s', (_name, value) => expectSame(value))

  test('count the levels that a value will stand below', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])
    expect(canonicalText(1, nested(127))).toHaveLength(255)
    expect(() => canonicalText(1, nested(128))).toThrow(/at most 128 levels/)
  })
})
