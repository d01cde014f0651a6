import fc from 'fast-check'
import { buildSchema, coerceInputValue, type GraphQLInputType, parseType, typeFromAST } from 'graphql'
import { describe, expect, test } from 'vitest'
import { CoercionCompiler } from './compile-coercion.ts'

const schema = buildSchema(`
  type Query { x: Int }
  enum Kind { A B }
  input Leafs { i: Int! f: Float s: String = "x" b: Boolean k: Kind id: ID }
  input Tree { one: Choice, many: [Tree!], grid: [[Int]], leafs: Leafs! }
  input Choice @oneOf { a: Int, b: Leafs, c: [Choice!] }
`)
const types = ['Leafs', 'Leafs!', 'Tree', '[Tree!]!', 'Choice', '[Choice]', '[[Int]]', 'Int', 'Kind!'].map(
  (text) => typeFromAST(schema, parseType(text) as never) as GraphQLInputType,
)

/** Values near the types: their members' names, and leaves that fit and don't. */
const { value } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(null, true, 1, -0, 1.5, 2 ** 40, 'A', 'x', ''),
    fc.constantFrom<unknown>([], {}, { a: 1 }, { a: null }, { i: 1 }, { leafs: { i: 2 } }, { a: 1, b: null }),
  ),
  object: fc.dictionary(
    fc.constantFrom('i', 'f', 's', 'b', 'k', 'id', 'one', 'many', 'grid', 'leafs', 'a', 'c', '__proto__', 'zz'),
    tie('value'),
    { maxKeys: 3 },
  ),
  list: fc.array(tie('value'), { maxLength: 3 }),
  value: fc.oneof({ maxDepth: 4, depthSize: 'small' }, tie('leaf'), tie('object'), tie('list')),
}))

function theirs(input: unknown, type: GraphQLInputType) {
  let refused = false
  const coerced = coerceInputValue(input, type, () => {
    refused = true
  })
  return refused ? 'refused' : coerced
}

function ours(input: unknown, type: GraphQLInputType) {
  try {
    return new CoercionCompiler().compile(type)(input)
  } catch {
    return 'refused'
  }
}

describe('a compiled coercion', () => {
  test.each(types.map((type) => [String(type), type] as const))('of %s agrees with graphql-js', (_name, type) => {
    fc.assert(
      fc.property(value, (input) => {
        expect(ours(input, type)).toEqual(theirs(input, type))
      }),
      { numRuns: 1_500 },
    )
  })

  test('refuses two members of a @oneOf, and one that is null', () => {
    const choice = typeFromAST(schema, parseType('Choice') as never) as GraphQLInputType
    expect(ours({ a: 1, b: { i: 1 } }, choice)).toBe('refused')
    expect(ours({ a: null }, choice)).toBe('refused')
    expect(ours({ a: 1 }, choice)).toEqual({ a: 1 })
  })
})
