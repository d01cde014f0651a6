import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isUnionType,
} from 'graphql'
import { TypedError } from '../http/typed-error.ts'
import type { Caller, Role } from '../identity/caller.ts'

/** What every resolver and every field may rely on. `caller` is absent only where a guard was forgotten, and then nothing is answered. */
export interface RequestContext {
  readonly caller: Caller
  readonly correlationId: string
}

type Resolver = GraphQLFieldResolver<unknown, Partial<RequestContext>>

/**
 * Puts the table of roles before each root field of the schema.
 * @throws when the table and the schema don't name the same fields.
 */
export function guardRootFields(schema: GraphQLSchema, table: Readonly<Record<string, readonly Role[]>>): void {
  const fields = rootFields(schema)
  const missing = [...fields.keys()].filter((name) => table[name] === undefined)
  const surplus = Object.keys(table).filter((name) => !fields.has(name))
  if (missing.length > 0 || surplus.length > 0)
    throw new Error(
      `expected the roles of each root field; without roles: ${missing.join(', ') || 'none'}; not in the schema: ${surplus.join(', ') || 'none'}`,
    )
  for (const [name, field] of fields) guard(name, field, table[name] ?? [])
}

export function rootFields(schema: GraphQLSchema): Map<string, GraphQLField<unknown, Partial<RequestContext>>> {
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  return new Map(
    types.flatMap((type) => Object.values(type?.getFields() ?? {}).map((field) => [`${type?.name}.${field.name}`, field] as const)),
  )
}

function guard(name: string, field: GraphQLField<unknown, Partial<RequestContext>>, roles: readonly Role[]): void {
  const allowed = new Set(roles)
  const refuse = refusal(field.type, name)
  const guarded =
    (inner: Resolver): Resolver =>
    (source, args, context, info) => {
      if (context.caller === undefined) throw new TypedError('UNAUTHENTICATED', 'This needs a credential.')
      const { role, roles } = context.caller
      return roles.some((held) => allowed.has(held)) ? inner(source, args, context, info) : refuse(role)
    }
  if (field.subscribe !== undefined) field.subscribe = guarded(field.subscribe)
  else if (field.resolve !== undefined) field.resolve = guarded(field.resolve)
  else throw new Error(`expected a resolver of ${name}, found none`)
}

/** A field whose union has `NotAllowed` answers with that; any other fails with FORBIDDEN. */
function refusal(type: GraphQLOutputType, name: string): (role: Role) => unknown {
  const named = getNamedType(type)
  const message = (role: Role) => `The role ${role} may not use ${name}.`
  if (isUnionType(named) && named.getTypes().some((member) => member.name === 'NotAllowed'))
    return (role) => ({ __typename: 'NotAllowed', message: message(role) })
  return (role) => {
    throw new TypedError('FORBIDDEN', message(role))
  }
}
