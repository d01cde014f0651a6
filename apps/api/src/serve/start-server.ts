import 'reflect-metadata'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { FastifyInstance } from 'fastify'
import { AppendResolver } from '../append/append-resolver.ts'
import { openAdminSocket } from '../commands/admin-socket.ts'
import { apiModule } from '../graphql/api-module.ts'
import { depthRule } from '../graphql/depth-rule.ts'
import { DirectGraphql } from '../graphql/direct-graphql.ts'
import { GraphqlEndpoint } from '../graphql/endpoint.ts'
import { fieldRoles } from '../graphql/field-roles.ts'
import { authenticateRequests, takeOverGraphqlRoutes } from '../graphql/graphql-routes.ts'
import { guardRootFields } from '../graphql/guard-root-fields.ts'
import { LiveConnections } from '../graphql/live-connections.ts'
import { OperationCompiler } from '../graphql/operation.ts'
import { PersistedDocuments } from '../graphql/persisted-documents.ts'
import { validateSubscriptions } from '../graphql/validate-subscriptions.ts'
import { correlationIds } from '../http/correlation-ids.ts'
import { createHttpApp } from '../http/create-http-app.ts'
import { CredentialRates } from '../http/rate-limit.ts'
import { Admission } from '../identity/admission.ts'
import { ApiKeyResolver } from '../identity/api-key-resolver.ts'
import { ViewerResolver } from '../identity/viewer-resolver.ts'
import { TrailResolver } from '../trail/trail-resolver.ts'
import type { ServerConfig } from './config.ts'
import { openIdentityRoom } from './identity-room.ts'
import { LedgerResolver } from './ledger-resolver.ts'
import { openLedgerRoom } from './open-ledger-room.ts'
import { openRecorder } from './open-recorder.ts'
import { openReadingRoom } from './reading-room.ts'
import { registerRoutes } from './register-routes.ts'

export interface RunningServer {
  /** Where it listens. */
  readonly url: string
  /** A one-time sign-in link, good for 15 minutes. */
  signInLink(): string
  /** Answers what is under way, takes nothing more, closes everything. */
  close(): Promise<void>
}

const DEEPEST_OPERATION = 16
/** What the web build left. */
const builtWeb = fileURLToPath(new URL('../../../web/dist/', import.meta.url))

/** Opens the record in `config.data` and serves it. `webFolder`: the dashboard's files, those of the web build by default. */
export async function startServer(config: ServerConfig, webFolder: string = builtWeb): Promise<RunningServer> {
  const closing: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step()
  }
  try {
    return { ...(await start(config, webFolder, closing)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function start(
  config: ServerConfig,
  webFolder: string,
  closing: (() => Promise<void> | void)[],
): Promise<Omit<RunningServer, 'close'>> {
  const room = openLedgerRoom(config)
  closing.push(() => room.close())
  const identity = await openIdentityRoom(room, hostOf(config))
  closing.push(() => identity.close())
  const reading = await openReadingRoom(room)
  closing.push(() => reading.close())
  const live = new LiveConnections(identity.authenticator)
  closing.push(() => live.close())
  identity.directory.onChange(() => live.recheck())

  const { recorder, metrics } = openRecorder(room, reading)
  const admission = new Admission(identity.authenticator, new CredentialRates(Date.now))
  const authenticate = authenticateRequests(admission)
  const endpoint = new GraphqlEndpoint(PersistedDocuments.load(join(webFolder, 'persisted-documents.json')))
  const nextId = correlationIds()
  const app = createHttpApp(new DirectGraphql(admission, endpoint, nextId), nextId)
  takeOverGraphqlRoutes(app, authenticate)
  registerRoutes(app, { config, room, identity, reading, recorder, metrics, authenticate, webFolder })
  const resolvers = [
    new AppendResolver(recorder, room.keys),
    new TrailResolver(reading.trail, reading.visibility),
    new ViewerResolver(identity.directory),
    new ApiKeyResolver(identity.keys, identity.directory),
    new LedgerResolver(room.store, reading.views),
  ]
  const nest = await NestFactory.create<NestFastifyApplication>(apiModule(resolvers, live), new FastifyAdapter(app), {
    logger: false,
    bodyParser: false,
  })
  closing.push(() => nest.close())
  await nest.init()
  const rules = [depthRule(DEEPEST_OPERATION)]
  guardRootFields(app.graphql.schema, fieldRoles)
  validateSubscriptions(app, rules)
  endpoint.open(new OperationCompiler(app.graphql.schema, rules))
  await nest.listen(config.port, config.host)

  const url = addressOf(app, config)
  const signInLink = () => `${config.publicUrl ?? url}/sign-in#${identity.signInToken()}`
  closing.push(
    await openAdminSocket(room.files.socket, {
      directory: identity.directory,
      keys: identity.keys,
      rebuild: () => reading.rebuild(),
      signInLink,
    }),
  )
  return { url, signInLink }
}

function hostOf({ publicUrl, host }: ServerConfig): string {
  return publicUrl === null ? host : new URL(publicUrl).host
}

function addressOf(app: FastifyInstance, { host }: ServerConfig): string {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error(`expected to listen on a port, found ${address}`)
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
}
