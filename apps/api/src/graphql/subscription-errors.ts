import { GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'
import type { ErrorCode } from '../http/typed-error.ts'
import type { RequestContext } from './guard-root-fields.ts'
import { presentErrors } from './present-errors.ts'

type Subscribe = GraphQLFieldResolver<unknown, Partial<RequestContext>>

/**
 * What a subscription throws is sent as it is, what broke inside us too. So it gets the form of all answers where it is thrown: a code, a
 * correlation id, and no word of what isn't known by name.
 */
export function presentSubscriptionErrors(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {}))
    if (field.subscribe !== undefined) field.subscribe = presenting(field.subscribe)
}

function presenting(subscribe: Subscribe): Subscribe {
  return async (source, args, context, info) => {
    try {
      return presented((await subscribe(source, args, context, info)) as AsyncIterable<unknown>, context)
    } catch (error) {
      throw presentedError(error, context, 'INTERNAL')
    }
  }
}

async function* presented(events: AsyncIterable<unknown>, context: Partial<RequestContext>): AsyncGenerator<unknown> {
  try {
    yield* events
  } catch (error) {
    throw presentedError(error, context, 'INTERNAL')
  }
}

export function presentedError(error: unknown, { correlationId = '' }: Partial<RequestContext>, fallback: ErrorCode): GraphQLError {
  const thrown = error instanceof Error ? error : new Error(String(error))
  const located = thrown instanceof GraphQLError ? thrown : new GraphQLError(thrown.message, { originalError: thrown })
  const [{ message, extensions } = { message: '' }] = presentErrors([located], correlationId, fallback).errors
  return new GraphQLError(message, { nodes: located.nodes ?? null, extensions: extensions ?? null })
}
