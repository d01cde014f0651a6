import type { GraphQLResolveInfo } from 'graphql'
import { parseResolveInfo, type ResolveTree } from 'graphql-parse-resolve-info'

/** The fields that a query asks for at this path below the one that is resolved, by their names in the schema, within fragments too. */
export function fieldsAskedFor(info: GraphQLResolveInfo, ...path: readonly string[]): ReadonlySet<string> {
  let fields = fieldsBelow(parseResolveInfo(info) as ResolveTree)
  for (const step of path) fields = fields.filter(({ name }) => name === step).flatMap(fieldsBelow)
  return new Set(fields.map(({ name }) => name))
}

function fieldsBelow({ fieldsByTypeName }: ResolveTree): ResolveTree[] {
  return Object.values(fieldsByTypeName).flatMap((fields) => Object.values(fields))
}
