import type { DynamicModule, Provider, Type } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendError } from '../http/send-error.ts'
import { scalars } from './scalars.ts'
import { typeDefs } from './type-defs.ts'

/** Ready-made: what they need is built once, at the start, and in plain sight (`serve/start-server.ts`). */
export type Resolvers = readonly object[]

@Module({})
class ApiModule {}

export function apiModule(resolvers: Resolvers): DynamicModule {
  return { module: ApiModule, imports: [GraphQLModule.forRoot<MercuriusDriverConfig>(options())], providers: resolvers.map(provider) }
}

function provider(resolver: object): Provider {
  return { provide: resolver.constructor as Type, useFactory: () => resolver }
}

function options(): MercuriusDriverConfig {
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
  }
}
