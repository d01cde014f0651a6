import type { FastifyInstance } from 'fastify'
import { specifiedRules, type ValidationRule, validate } from 'graphql'

/** Mercurius executes a subscription without validating it. */
export function validateSubscriptions(app: FastifyInstance, rules: readonly ValidationRule[]): void {
  app.graphql.addHook('preSubscriptionExecution', async (schema, document) => {
    const [error] = validate(schema, document, [...specifiedRules, ...rules], { maxErrors: 1 })
    if (error !== undefined) throw error
  })
}
