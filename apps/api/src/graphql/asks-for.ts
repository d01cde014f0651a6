import type { GraphQLResolveInfo } from 'graphql'
import { parseResolveInfo, type ResolveTree } from 'graphql-parse-resolve-info'

/** Whether a query asks for the field at this path below the one that is resolved, by its name in the schema, within fragments too. */
export function asksFor(info: GraphQLResolveInfo, ...path: readonly string[]): boolean {
  let fields = [parseResolveInfo(info) as ResolveTree]
  for (const name of path) fields = fields.flatMap(fieldsBelow).filter((field) => field.name === name)
  return fields.length > 0
}

function fieldsBelow({ fieldsByTypeName }: ResolveTree): ResolveTree[] {
  return Object.values(fieldsByTypeName).flatMap((fields) => Object.values(fields))
}
