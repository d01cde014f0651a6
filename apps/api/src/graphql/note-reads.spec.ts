import { buildSchema, graphql } from 'graphql'
import { expect, it, vi } from 'vitest'
import { noteReads } from './note-reads.ts'

it('notes who asks for something, and nobody who records', async () => {
  const schema = buildSchema('type Query { size: Int } type Mutation { append: Int } type Subscription { appended: Int }')
  const noted = vi.fn()
  noteReads(schema, noted)
  const rootValue = { size: 3, append: () => 4 }
  expect(await graphql({ schema, source: 'mutation { append }', rootValue })).toEqual({ data: { append: 4 } })
  expect(noted).not.toHaveBeenCalled()
  expect(await graphql({ schema, source: '{ size }', rootValue })).toEqual({ data: { size: 3 } })
  expect(noted).toHaveBeenCalledOnce()
})
