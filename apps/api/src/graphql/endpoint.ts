import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLError } from 'graphql'
import type { DirectAppend } from '../append/direct-append.ts'
import { type ErrorCode, TypedError } from '../http/typed-error.ts'
import { type Answer, refusal, respond } from './answer.ts'
import { refuseCostly } from './cost.ts'
import type { RequestContext } from './guard-root-fields.ts'
import type { Operation, OperationCompiler, Variables } from './operation.ts'
import { OperationCache } from './operation-cache.ts'
import type { PersistedDocuments } from './persisted-documents.ts'
import { readGraphqlRequest } from './request-body.ts'
import { presentedError } from './subscription-errors.ts'

type Prepared =
  | { readonly status: 'prepared'; readonly compiler: OperationCompiler; readonly operation: Operation; readonly values: Variables }
  | { readonly status: 'refused'; readonly errors: readonly GraphQLError[]; readonly code: ErrorCode }

/** Operations over HTTP, and subscriptions. Stands in for Mercurius' own handler, which coerces variables twice and serialises answers by a schema. */
export class GraphqlEndpoint {
  private opened: { readonly compiler: OperationCompiler; readonly operations: OperationCache } | null = null
  /** Operations whose cost their variables can't change, found cheap enough. */
  private readonly cheap = new WeakSet<Operation>()

  constructor(
    private readonly persisted: PersistedDocuments,
    private readonly appends: DirectAppend,
  ) {}

  /** The schema is there only after its routes are; nothing is served before both. */
  open(compiler: OperationCompiler): void {
    this.opened = { compiler, operations: new OperationCache(compiler) }
  }

  /** `body`: what the JSON of a request stands for. @throws TypedError when the request asks for nothing that could be executed. */
  answer(body: unknown, context: RequestContext): Answer | Promise<Answer> {
    const prepared = this.prepare(body, context)
    if (prepared.status === 'refused') return refusal(prepared.errors, context, prepared.code)
    const { compiler, operation, values } = prepared
    if (operation.kind === 'subscription')
      throw new TypedError('SUBSCRIPTION_OVER_HTTP', 'Subscriptions are answered over graphql-ws only.')
    const appended = operation.append === null ? null : this.appends.answer(operation.append, values, context)
    return appended ?? this.execute(compiler, operation, values, context)
  }

  /** What a subscription that was asked for over a socket is executed with, or why it isn't. @throws as `answer` does. */
  subscription(payload: unknown, context: RequestContext): ExecutionArgs | GraphQLError[] {
    const prepared = this.prepare(payload, context)
    if (prepared.status === 'refused') return prepared.errors.map((error) => presentedError(error, context, prepared.code))
    const { compiler, operation, values } = prepared
    if (operation.kind !== 'subscription') throw new TypedError('BAD_REQUEST', 'A socket is for subscriptions; send all else as POST.')
    return { schema: compiler.schema, document: operation.document, contextValue: context, variableValues: values }
  }

  private prepare(body: unknown, { caller }: RequestContext): Prepared {
    const asked = readGraphqlRequest(body, caller, this.persisted)
    if (this.opened === null) throw new Error('expected a schema before the first request, found none')
    const { compiler, operations } = this.opened
    const compiled = operations.get(asked.source, asked.operationName)
    if (compiled.status === 'refused') return { ...compiled, code: 'GRAPHQL_INVALID' }
    const { operation } = compiled
    const coerced = operation.coerce(asked.variables)
    if (coerced.status === 'refused') return { ...coerced, code: 'BAD_USER_INPUT' }
    this.refuseCostly(compiler, operation, coerced.values)
    return { status: 'prepared', compiler, operation, values: coerced.values }
  }

  private execute({ schema }: OperationCompiler, { document }: Operation, variableValues: Variables, contextValue: RequestContext) {
    const executed = execute({
      schema,
      document,
      contextValue,
      variableValues,
    })
    return executed instanceof Promise
      ? executed.then((result) => respond(result, contextValue))
      : respond(executed as ExecutionResult, contextValue)
  }

  private refuseCostly({ schema }: OperationCompiler, operation: Operation, variables: Variables): void {
    if (this.cheap.has(operation)) return
    refuseCostly(schema, operation, variables)
    if (operation.kind === 'mutation') this.cheap.add(operation)
  }
}
