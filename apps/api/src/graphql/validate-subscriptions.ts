import type { FastifyInstance } from 'fastify'
import { specifiedRules, type ValidationRule, validate } from 'graphql'
import type { RequestContext } from './guard-root-fields.ts'
import type { PersistedDocuments } from './persisted-documents.ts'
import { presentedError } from './subscription-errors.ts'

/** Of one subscription, the same object in both hooks. `sent`: the text of its document; absent of one that came as a syntax tree. */
type SubscriptionContext = Partial<RequestContext> & { sent?: string }

/** Mercurius executes a subscription without validating it, whoever sent it. */
export function validateSubscriptions(app: FastifyInstance, rules: readonly ValidationRule[], persisted: PersistedDocuments): void {
  app.graphql.addHook('preSubscriptionParsing', async (_schema, source, context) => {
    ;(context as SubscriptionContext).sent = source
  })
  app.graphql.addHook('preSubscriptionExecution', async (schema, document, context) => {
    const { caller, sent = '' } = context as SubscriptionContext
    try {
      if (caller?.via === 'session') persisted.refuseFree(sent)
      const [error] = validate(schema, document, [...specifiedRules, ...rules], { maxErrors: 1 })
      if (error !== undefined) throw error
    } catch (error) {
      throw presentedError(error, context as SubscriptionContext, 'GRAPHQL_INVALID')
    }
  })
}
