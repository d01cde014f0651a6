import { type ExecutionResult, execute, type GraphQLError } from 'graphql'
import { type ErrorCode, TypedError } from '../http/typed-error.ts'
import { refuseCostly } from './cost.ts'
import type { RequestContext } from './guard-root-fields.ts'
import type { Operation, OperationCompiler, Variables } from './operation.ts'
import { OperationCache } from './operation-cache.ts'
import type { PersistedDocuments } from './persisted-documents.ts'
import { presentErrors } from './present-errors.ts'
import { readGraphqlRequest } from './request-body.ts'

/** Operations over HTTP. Stands in for Mercurius' own handler, which coerces variables twice and serialises answers by a schema. */
export class GraphqlEndpoint {
  private opened: { readonly compiler: OperationCompiler; readonly operations: OperationCache } | null = null
  /** Operations whose cost their variables can't change, found cheap enough. */
  private readonly cheap = new WeakSet<Operation>()

  constructor(private readonly persisted: PersistedDocuments) {}

  /** The schema is there only after its routes are; nothing is served before both. */
  open(compiler: OperationCompiler): void {
    this.opened = { compiler, operations: new OperationCache(compiler) }
  }

  /** `body`: what the JSON of a request stands for. @throws TypedError when the request asks for nothing that could be executed. */
  answer(body: unknown, context: RequestContext): Answer | Promise<Answer> {
    const asked = readGraphqlRequest(body, context.caller, this.persisted)
    if (this.opened === null) throw new Error('expected a schema before the first request, found none')
    const { compiler, operations } = this.opened
    const compiled = operations.get(asked.source, asked.operationName)
    if (compiled.status === 'refused') return refusal(compiled.errors, context, 'GRAPHQL_INVALID')
    const { operation } = compiled
    if (operation.kind === 'subscription')
      throw new TypedError('SUBSCRIPTION_OVER_HTTP', 'Subscriptions are answered over graphql-ws only.')
    const coerced = operation.coerce(asked.variables)
    if (coerced.status === 'refused') return refusal(coerced.errors, context, 'BAD_USER_INPUT')
    this.refuseCostly(compiler, operation, coerced.values)
    const executed = execute({
      schema: compiler.schema,
      document: operation.document,
      contextValue: context,
      variableValues: coerced.values,
    })
    return executed instanceof Promise ? executed.then((result) => respond(result, context)) : respond(executed as ExecutionResult, context)
  }

  private refuseCostly({ schema }: OperationCompiler, operation: Operation, variables: Variables): void {
    if (this.cheap.has(operation)) return
    refuseCostly(schema, operation, variables)
    if (operation.kind === 'mutation') this.cheap.add(operation)
  }
}

interface Answer {
  readonly status: number
  readonly body: string
}

function respond(result: ExecutionResult, { correlationId }: RequestContext): Answer {
  if (result.errors === undefined) return { status: 200, body: JSON.stringify(result) }
  const { errors, status } = presentErrors(result.errors, correlationId, 'INTERNAL')
  const nothing = result.data === undefined || result.data === null || Object.values(result.data).every((value) => value === null)
  return { status: nothing ? status : 200, body: JSON.stringify({ errors, data: result.data ?? null }) }
}

function refusal(errors: readonly GraphQLError[], context: RequestContext, fallback: ErrorCode): Answer {
  const presented = presentErrors(errors, context.correlationId, fallback)
  return { status: presented.status, body: JSON.stringify({ errors: presented.errors }) }
}
