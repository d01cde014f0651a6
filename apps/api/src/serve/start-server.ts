import 'reflect-metadata'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { FastifyInstance } from 'fastify'
import { AppendResolver } from '../append/append-resolver.ts'
import { DirectAppend } from '../append/direct-append.ts'
import { sampleDocuments } from '../clock/sample-documents.ts'
import type { ServerClock } from '../clock/server-clock.ts'
import { openAdminSocket } from '../commands/admin-socket.ts'
import { DecisionDesk } from '../decisions/decision-desk.ts'
import { DecisionResolver } from '../decisions/decision-resolver.ts'
import { Erasures } from '../erasure/erasures.ts'
import { ExpiredUnder } from '../erasure/expired-under.ts'
import { apiModule } from '../graphql/api-module.ts'
import { depthRule } from '../graphql/depth-rule.ts'
import { DirectGraphql } from '../graphql/direct-graphql.ts'
import { GraphqlEndpoint } from '../graphql/endpoint.ts'
import { exactNumbersRule } from '../graphql/exact-numbers-rule.ts'
import { fieldRoles } from '../graphql/field-roles.ts'
import { authenticateRequests, takeOverGraphqlRoutes } from '../graphql/graphql-routes.ts'
import { guardRootFields } from '../graphql/guard-root-fields.ts'
import { LiveConnections } from '../graphql/live-connections.ts'
import { noteReads } from '../graphql/note-reads.ts'
import { OperationCompiler } from '../graphql/operation.ts'
import { PersistedDocuments } from '../graphql/persisted-documents.ts'
import { presentSubscriptionErrors } from '../graphql/subscription-errors.ts'
import { SubscriptionSockets } from '../graphql/subscription-sockets.ts'
import { correlationIds } from '../http/correlation-ids.ts'
import { createHttpApp } from '../http/create-http-app.ts'
import { CredentialRates } from '../http/rate-limit.ts'
import { reportFault } from '../http/report-fault.ts'
import { Admission } from '../identity/admission.ts'
import { ApiKeyResolver } from '../identity/api-key-resolver.ts'
import { PeopleResolver } from '../identity/people-resolver.ts'
import { SessionResolver } from '../identity/session-resolver.ts'
import { ViewerResolver } from '../identity/viewer-resolver.ts'
import { WorkspaceResolver } from '../identity/workspace-resolver.ts'
import { JobFolder } from '../packs/job-folder.ts'
import { KeptPacks } from '../packs/kept-packs.ts'
import { PackResolver } from '../packs/pack-resolver.ts'
import { registerResolvers } from '../registers/register-resolvers.ts'
import { TrailResolver } from '../trail/trail-resolver.ts'
import { WebhookResolver } from '../webhooks/webhook-resolver.ts'
import { awaitStore } from './await-store.ts'
import type { ServerConfig } from './config.ts'
import { erasureResolver } from './erasure-resolver.ts'
import { warnOfForeignRecord } from './foreign-record.ts'
import { openIdentityRoom } from './identity-room.ts'
import { LedgerResolver } from './ledger-resolver.ts'
import { logResolver } from './log-resolver.ts'
import { openLedgerRoom } from './open-ledger-room.ts'
import { openReactions } from './open-reactions.ts'
import { openRecorder } from './open-recorder.ts'
import { openPackingRoom } from './packing-room.ts'
import { openPeopleRoom } from './people-room.ts'
import { openReadingRoom, type ReadingRoom } from './reading-room.ts'
import { registerRoutes } from './register-routes.ts'
import { openSealingRoom } from './sealing-room.ts'

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
  const room = await openLedgerRoom(config)
  closing.push(() => room.close())
  const warn = (line: string) => process.stderr.write(line)
  await awaitStore(room.store, warn)
  await room.protection.warn(warn)
  await warnOfForeignRecord(room, warn)
  const packs = new KeptPacks(new JobFolder(room.files.packs), room.keys)
  const erasures = new Erasures({ ...room, packs, cursor: room.files.erasures })
  await erasures.replay()
  const sealing = await openSealingRoom(room, config)
  closing.push(() => sealing.close())
  const identity = await openIdentityRoom(room, hostOf(config), config.sampleFrom)
  closing.push(() => identity.close())
  refuseWrongClock(config, room.clock)
  await sealing.follow(hostOf(config))
  const reading = await openReadingRoom(room)
  closing.push(() => reading.close())
  purgeReplayed(erasures, reading)
  closing.push(() => erasures.close())
  const packing = openPackingRoom({ config, room, identity, reading, sealing, packs })
  closing.push(() => packing.close())
  const live = new LiveConnections(identity.authenticator)
  closing.push(() => live.close())
  identity.directory.onChange(() => live.recheck())
  identity.sessions.onEnd(() => live.recheck())

  const { recorder, guarded, metrics } = openRecorder(room, reading, sealing, identity.atWork)
  const { reactions, webhooks } = await openReactions(config, room, { guarded, metrics, reading, erasures })
  closing.push(() => reactions.close())
  const origin = () => config.publicUrl ?? addressOf(app, config)
  const { trail } = reading
  const people = await openPeopleRoom({ room, identity, guarded, trail, mail: config.mail, host: hostOf(config), origin })
  closing.push(() => people.close())
  const rates = new CredentialRates(Date.now)
  const admission = new Admission(identity.authenticator, rates)
  const authenticate = authenticateRequests(admission)
  const persisted = PersistedDocuments.load(join(webFolder, 'persisted-documents.json'))
  const endpoint = new GraphqlEndpoint(
    room.clock.isSimulated ? persisted.with(sampleDocuments) : persisted,
    new DirectAppend(recorder, fieldRoles['Mutation.append'] ?? []),
  )
  const nextId = correlationIds()
  const app = createHttpApp(new DirectGraphql(admission, endpoint, nextId), nextId)
  takeOverGraphqlRoutes(app, authenticate, new SubscriptionSockets(endpoint, rates, live))
  const decisions = new DecisionDesk({ recorder, guarded, store: room.store, directory: identity.directory, now: room.clock.instant })
  registerRoutes(app, {
    config,
    room,
    identity,
    signIns: people.signIns,
    reading,
    sealing,
    packing,
    recorder,
    metrics,
    authenticate,
    webFolder,
  })
  const resolvers = [
    new AppendResolver(recorder, room.keys),
    new TrailResolver(reading.trail, reading.visibility, reading.views, reading.asOf),
    new ViewerResolver(identity.directory, people.people, room.clock),
    new PeopleResolver(people),
    new SessionResolver(identity.sessions),
    new WorkspaceResolver(identity.directory, people.workspaces, room.clock.instant),
    new ApiKeyResolver(identity.keys, identity.directory),
    new DecisionResolver(decisions),
    erasureResolver({ room, identity, reading, guarded, decisions, erasures }),
    new ExpiredUnder(reading.trail),
    new LedgerResolver(room.store, reading.views),
    ...registerResolvers({ ...reading, clock: room.clock }),
    logResolver({ config, room, reading, sealing }),
    new PackResolver(packing.desk),
    new WebhookResolver(webhooks, reactions),
  ]
  const nest = await NestFactory.create<NestFastifyApplication>(apiModule(resolvers), new FastifyAdapter(app), {
    logger: false,
    bodyParser: false,
  })
  closing.push(() => nest.close())
  await nest.init()
  const rules = [depthRule(DEEPEST_OPERATION), exactNumbersRule]
  guardRootFields(app.graphql.schema, fieldRoles)
  noteReads(app.graphql.schema, reading.looked)
  presentSubscriptionErrors(app.graphql.schema)
  endpoint.open(new OperationCompiler(app.graphql.schema, rules))
  await listen(nest, config)

  const url = addressOf(app, config)
  const signInLink = () => people.links.make({ id: randomUUID(), purpose: 'sign-in', ...identity.administrator() }).url
  closing.push(
    await openAdminSocket(room.files.socket, {
      directory: identity.directory,
      keys: identity.keys,
      rebuild: () => reading.rebuild(),
      signInLink,
      rotateSigningKey: sealing.rotateSigningKey,
      continueLog: sealing.continueLog,
      advanceClock: (to) => {
        room.clock.advance(to)
        return room.clock.instant()
      },
    }),
  )
  return { url, signInLink }
}

async function listen(nest: NestFastifyApplication, { port, host }: ServerConfig): Promise<void> {
  try {
    await nest.listen(port, host)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    throw new Error(`Annal can't listen at ANNAL_HOST ${host}, ANNAL_PORT ${port}: ${code}.`, { cause: error })
  }
}

/** What was erased before the last stop, but perhaps not in the views. Nothing of it can be opened any more. */
function purgeReplayed(erasures: Erasures, reading: ReadingRoom): void {
  void erasures.purgeReplayed(reading).catch((error: unknown) => reportFault(error, 'erasures'))
}

/** A sample is never served as if it were evidence, and no real record as if it were a sample. */
function refuseWrongClock({ data, sampleFrom }: ServerConfig, { isSimulated }: ServerClock): void {
  if (isSimulated && sampleFrom === null)
    throw new Error(`${data} holds a sample organisation with a simulated clock; name another folder in ANNAL_DATA.`)
  if (!isSimulated && sampleFrom !== null)
    throw new Error(`${data} holds a real record; a sample organisation needs a folder of its own in ANNAL_DATA.`)
}

function hostOf({ publicUrl, host }: ServerConfig): string {
  return publicUrl === null ? host : new URL(publicUrl).host
}

function addressOf(app: FastifyInstance, { host }: ServerConfig): string {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error(`expected to listen on a port, found ${address}`)
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
}
