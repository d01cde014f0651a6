import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import { rootFields } from './guard-root-fields.ts'

/** Calls `noted` whenever a root field is asked for that changes nothing. */
export function noteReads(schema: GraphQLSchema, noted: () => void): void {
  for (const [name, field] of rootFields(schema)) {
    if (name.startsWith('Mutation.')) continue
    const step = field.subscribe === undefined ? 'resolve' : 'subscribe'
    const inner = field[step] ?? defaultFieldResolver
    field[step] = (...args) => {
      noted()
      return inner(...args)
    }
  }
}
