import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'

/** Turns a JSON value into the value of an input type, or throws `mismatch` (graphql-js then says precisely what is wrong). */
export type Coercion = (value: unknown) => unknown

/**
 * graphql-js visits every member that an input type has, for every value: with 100 members in a `@oneOf` that is the greatest single cost
 * of an append (docs/adr/0001-the-spike.md). A compiled coercion visits the members that are given. It accepts what `coerceInputValue`
 * accepts and comes to the same value (compile-coercion.spec.ts).
 */
export class CoercionCompiler {
  private readonly objects = new Map<GraphQLInputObjectType, Coercion>()

  compile(type: GraphQLInputType): Coercion {
    if (isNonNullType(type)) return nonNull(this.nullable(type.ofType))
    const inner = this.nullable(type)
    return (value) => (value === null ? null : inner(value))
  }

  private nullable(type: GraphQLInputType): Coercion {
    if (isListType(type)) return list(this.compile(type.ofType))
    if (isInputObjectType(type)) return this.object(type)
    return leaf(type as GraphQLLeafType)
  }

  /** Types may contain themselves, so an object's members are compiled at its first value. */
  private object(type: GraphQLInputObjectType): Coercion {
    const known = this.objects.get(type)
    if (known !== undefined) return known
    let compiled: Coercion | undefined
    const coercion: Coercion = (value) => {
      compiled ??= this.members(type)
      return compiled(value)
    }
    this.objects.set(type, coercion)
    return coercion
  }

  private members(type: GraphQLInputObjectType): Coercion {
    const fields = Object.values(type.getFields())
    const byName = new Map(fields.map((field) => [field.name, this.compile(field.type)]))
    const required = fields.filter(isRequiredInputField).map((field) => field.name)
    const defaults = fields.filter((field) => field.defaultValue !== undefined).map((field) => [field.name, field.defaultValue] as const)
    const complete = type.isOneOf ? exactlyOne : completion(required, defaults)
    return (value) => {
      if (!isObject(value)) throw mismatch
      const coerced: Values = {}
      for (const name of Object.keys(value)) {
        const member = byName.get(name)
        if (member === undefined) throw mismatch
        coerced[name] = member(value[name])
      }
      complete(coerced)
      return coerced
    }
  }
}

export const mismatch = new Error('The value is not of the type.')

type Values = Record<string, unknown>

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function nonNull(inner: Coercion): Coercion {
  return (value) => {
    if (value === null || value === undefined) throw mismatch
    return inner(value)
  }
}

/** A value that is no list stands for a list of one. */
function list(item: Coercion): Coercion {
  return (value) => (Array.isArray(value) ? value.map((element) => item(element)) : [item(value)])
}

function leaf(type: GraphQLLeafType): Coercion {
  return (value) => {
    const parsed = type.parseValue(value)
    if (parsed === undefined) throw mismatch
    return parsed
  }
}

function exactlyOne(coerced: Values): void {
  const names = Object.keys(coerced)
  if (names.length !== 1 || coerced[names[0] ?? ''] === null) throw mismatch
}

function completion(required: readonly string[], defaults: readonly (readonly [string, unknown])[]) {
  return (coerced: Values) => {
    for (const name of required) if (coerced[name] === undefined) throw mismatch
    for (const [name, value] of defaults) if (coerced[name] === undefined) coerced[name] = value
  }
}
