import {
  type DocumentNode,
  GraphQLError,
  GraphQLInputType,
  GraphQLScalarType,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  specifiedRules,
  typeFromAST,
  type ValidationRule,
  type VariableDefinitionNode,
  validate,
  valueFromAST,
} from 'graphql'
import { type CompiledAppend, compileAppend } from '../append/compile-append.ts'
import { type Coercion, CoercionCompiler } from './compile-coercion.ts'
import { parseDocument } from './parse-document.ts'

export type Variables = Readonly<Record<string, unknown>>

/** One operation of a document, checked once and ready to be executed many times. */
export interface Operation {
  readonly kind: OperationTypeNode
  /** For `schema` of the same compiler: its variables are declared as already coerced. */
  readonly document: DocumentNode
  readonly original: DocumentNode
  readonly name: string | undefined
  /** Null for all but appends. */
  readonly append: CompiledAppend | null
  coerce(variables: Variables): CoercedVariables
}

export type CoercedVariables =
  | { readonly status: 'coerced'; readonly values: Variables }
  | { readonly status: 'refused'; readonly errors: readonly GraphQLError[] }

export type CompiledOperation =
  | { readonly status: 'compiled'; readonly operation: Operation }
  | { readonly status: 'refused'; readonly errors: readonly GraphQLError[] }

/** The name of a type that no document can use: it stands only in documents rewritten here. */
const COERCED = '__Coerced'

/**
 * Parses and validates documents against the schema, then rewrites the declared types of their variables to a scalar that lets
 * everything through: graphql-js would coerce the variables again, one member of every input type after the other.
 */
export class OperationCompiler {
  /** The schema to execute with: the given one that also knows the scalar. */
  readonly schema: GraphQLSchema
  private readonly coercions = new CoercionCompiler()
  private readonly rules: readonly ValidationRule[]

  constructor(
    private readonly original: GraphQLSchema,
    rules: readonly ValidationRule[],
  ) {
    const coerced = new GraphQLScalarType({ name: COERCED })
    const getType = (name: string) => (name === COERCED ? coerced : original.getType(name))
    this.schema = Object.create(original, { getType: { value: getType } })
    this.rules = [...specifiedRules, ...rules]
  }

  compile(source: string, operationName: string | undefined): CompiledOperation {
    const document = parseDocument(source)
    if (document instanceof GraphQLError) return { status: 'refused', errors: [document] }
    const errors = validate(this.original, document, this.rules, { maxErrors: 20 })
    if (errors.length > 0) return { status: 'refused', errors }
    const definition = getOperationAST(document, operationName)
    if (definition === null || definition === undefined) return { status: 'refused', errors: [noSuchOperation(operationName)] }
    return { status: 'compiled', operation: this.operation(document, definition) }
  }

  private operation(original: DocumentNode, definition: OperationDefinitionNode): Operation {
    const declared = definition.variableDefinitions ?? []
    const coerce = this.coercion(declared)
    const executed = { ...definition, variableDefinitions: declared.map(asCoerced) }
    const document = { ...original, definitions: original.definitions.map((node) => (node === definition ? executed : node)) }
    return {
      kind: definition.operation,
      document,
      original,
      name: definition.name?.value,
      append: definition.operation === 'mutation' ? compileAppend(definition) : null,
      coerce: (variables) => {
        const values = coerce(variables)
        return values === null ? this.refusal(declared, variables) : { status: 'coerced', values }
      },
    }
  }

  private coercion(declared: readonly VariableDefinitionNode[]): (variables: Variables) => Variables | null {
    const compiled = declared.map((definition) => this.variable(definition))
    return (variables) => {
      const values: Record<string, unknown> = {}
      try {
        for (const variable of compiled) variable(variables, values)
      } catch {
        return null // The reason is asked of graphql-js, in `refusal`.
      }
      return values
    }
  }

  private variable(definition: VariableDefinitionNode): (variables: Variables, values: Record<string, unknown>) => void {
    const name = definition.variable.name.value
    const type = inputType(this.original, definition)
    const coercion: Coercion = this.coercions.compile(type)
    const fallback = definition.defaultValue === undefined ? undefined : valueFromAST(definition.defaultValue, type)
    const mayBeAbsent = definition.type.kind !== Kind.NON_NULL_TYPE
    return (variables, values) => {
      if (Object.hasOwn(variables, name)) values[name] = coercion(variables[name])
      else if (fallback !== undefined) values[name] = fallback
      else if (!mayBeAbsent) coercion(undefined)
    }
  }

  private refusal(declared: readonly VariableDefinitionNode[], variables: Variables): CoercedVariables {
    const asked = getVariableValues(this.original, declared, variables, { maxErrors: 20 })
    if (asked.errors !== undefined) return { status: 'refused', errors: asked.errors }
    return { status: 'coerced', values: asked.coerced }
  }
}

function noSuchOperation(name: string | undefined): GraphQLError {
  return new GraphQLError(
    name === undefined ? 'Name the operation to execute: the document has several.' : `The document has no operation named "${name}".`,
  )
}

function inputType(schema: GraphQLSchema, definition: VariableDefinitionNode): GraphQLInputType {
  const type = typeFromAST(schema, definition.type as never)
  if (!isInputType(type)) throw new Error(`expected a validated variable to have an input type, found ${String(type)}`)
  return type
}

function asCoerced(definition: VariableDefinitionNode): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: definition.variable,
    type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: COERCED } },
  }
}
