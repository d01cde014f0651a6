import type { DynamicModule, Provider, Type } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendError } from '../http/send-error.ts'
import type { LiveConnections } from './live-connections.ts'
import { presentErrors } from './present-errors.ts'
import { presentSocketErrors } from './present-socket-errors.ts'
import { scalars } from './scalars.ts'
import { typeDefs } from './type-defs.ts'

/** Ready-made: what they need is built once, at the start, and in plain sight (`serve/start-server.ts`). */
export type Resolvers = readonly object[]

@Module({})
class ApiModule {}

export function apiModule(resolvers: Resolvers, live: LiveConnections): DynamicModule {
  return { module: ApiModule, imports: [GraphQLModule.forRoot<MercuriusDriverConfig>(options(live))], providers: resolvers.map(provider) }
}

function provider(resolver: object): Provider {
  return { provide: resolver.constructor as Type, useFactory: () => resolver }
}

function options(live: LiveConnections): MercuriusDriverConfig {
  return {
    driver: MercuriusDriver,
    path: '/graphql',
    typeDefs: typeDefs(),
    resolvers: Object.fromEntries(scalars.map((scalar) => [scalar.name, scalar])),
    graphiql: false,
    ide: false,
    // Its compiled coercion let two members of a @oneOf through (docs/adr/0001-the-spike.md).
    jit: 0,
    errorHandler: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendError(error, request, reply)
    },
    errorFormatter: (execution, context) => {
      const errors = execution.errors ?? []
      const presented = presentErrors(errors, correlationIdOf(context), 'BAD_USER_INPUT')
      return { statusCode: presented.status, response: { data: execution.data ?? null, errors: [...presented.errors] as never } }
    },
    subscription: {
      context: (socket, request) => {
        presentSocketErrors(socket, request.id)
        return { caller: request.caller, correlationId: request.id, signal: live.add(socket, request) }
      },
      queueHighWaterMark: 1_000,
    },
  }
}

function correlationIdOf(context: unknown): string {
  return typeof context === 'object' && context !== null && 'correlationId' in context ? String(context.correlationId) : ''
}
