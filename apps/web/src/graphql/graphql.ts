import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './introspection.gen.ts'

/** Types documents against apps/api/schema.graphql. */
export const graphql = initGraphQLTada<{
  introspection: typeof introspection
  disableMasking: true
  scalars: {
    DateTime: string
    Date: string
    UUID: string
    Position: string
    StreamVersion: string
    JSON: unknown
  }
}>()
