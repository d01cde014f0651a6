import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js'
import featureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js'
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js'
import streamMessages from '@eventstore/db-client/generated/streams_grpc_pb.js'
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js'
import userMessages from '@eventstore/db-client/generated/users_grpc_pb.js'
import { Server as GrpcServer, type Metadata, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js'
import { Access, type User } from './access.ts'
import { answerAppend } from './append.ts'
import { answerBatchAppend } from './batch-append.ts'
import { answerCreateUser } from './create-user.ts'
import { answerDelete } from './delete.ts'
import { Faults } from './faults.ts'
import { Log } from './log.ts'
import { nameOf } from './messages.ts'
import { answerRead, type ReadCall } from './read.ts'
import { denialOf, httpError, notLeader } from './refusals.ts'
import { selfSigned } from './self-signed.ts'
import type { Server } from './server.ts'
import { answerSubscription } from './subscription.ts'

const VERSION = '22.10.5'

interface StandInOptions {
  /** With users the server speaks TLS and asks who calls; without, it is insecure and everybody is an administrator. */
  readonly users?: readonly User[]
  /** After so many events the server writes one of its own. Default 7. */
  readonly statsEvery?: number
  /** How long it takes to find that no more events pass a filter. Default: at once. */
  readonly searches?: 'at once' | 'for ever'
}

/**
 * Speaks EventStoreDB's gRPC protocol to the real client: Append, BatchAppend, Read and subscriptions, ServerFeatures; of administration only refused deletes and
 * the making of users.
 * It does what a 22.10.5 server was seen to do and keeps what it stored, in memory, over `stop` and `start`.
 */
export class EventStoreDbStandIn implements Server {
  readonly log: Log
  readonly access: Access
  readonly faults = new Faults()
  readonly calls = new Map<string, number>()
  readonly tls: { readonly certificate: Buffer; readonly key: Buffer } | null
  #grpc: GrpcServer | null = null
  #port = 0
  readonly #searches: 'at once' | 'for ever'
  #openSubscriptions = 0
  #leader: EventStoreDbStandIn | null = null

  constructor({ users, statsEvery = 7, searches = 'at once' }: StandInOptions = {}) {
    this.#searches = searches
    this.log = new Log(statsEvery)
    this.access = new Access(this.log, users ?? null)
    this.tls = users ? selfSigned() : null
  }

  get openSubscriptions(): number {
    return this.#openSubscriptions
  }

  get port(): number {
    return this.#port
  }

  /** `esdb://` for a server without users; with users add credentials and `tlsCAFile` yourself. */
  get connectionString(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=${this.tls !== null}`
  }

  /** Listens, on the port of the last time if there was one. */
  async start(): Promise<this> {
    const grpc = new GrpcServer({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 })
    grpc.addService(streamMessages.StreamsService, {
      read: (call: ReadCall) => this.#read(call),
      append: (call: Parameters<typeof answerAppend>[1], answer: Parameters<typeof answerAppend>[2]) => {
        this.#count('Append')
        answerAppend(this, call, answer)
      },
      batchAppend: (call: Parameters<typeof answerBatchAppend>[1]) => {
        this.#count('BatchAppend')
        answerBatchAppend(this, call)
      },
      delete: (call: Parameters<typeof answerDelete>[1], answer: Parameters<typeof answerDelete>[2]) => answerDelete(this, call, answer),
    })
    grpc.addService(userMessages.UsersService, {
      create: (call: Parameters<typeof answerCreateUser>[1], answer: Parameters<typeof answerCreateUser>[2]) =>
        answerCreateUser(this, call, answer),
    })
    grpc.addService(features.ServerFeaturesService, {
      getSupportedMethods: (_: ServerUnaryCall<Empty, SupportedMethods>, answer: sendUnaryData<SupportedMethods>) =>
        this.faults.takeStartFault() ? answer(httpError()) : answer(null, supportedMethods()),
    })
    this.#port = await listen(grpc, this.#port, this.tls)
    this.#grpc = grpc
    return this
  }

  /** Goes away as if killed: every call under way breaks. What is stored stays. */
  stop(): void {
    this.#grpc?.forceShutdown()
    this.#grpc = null
  }

  /** Every connection breaks; the server is back at once. */
  dropConnections(): void {
    this.stop()
    void this.start()
  }

  /** From now on another node leads: this one answers only who does not require the leader, from a log that gets nothing more. */
  follow(leader: EventStoreDbStandIn): void {
    this.#leader = leader
  }

  elsewhere(metadata: Metadata): ReturnType<typeof notLeader> | null {
    return this.#leader !== null && metadata.get('requires-leader')[0] === 'true' ? notLeader(this.#leader.port) : null
  }

  #read(call: ReadCall): void {
    const options = call.request.getOptions()
    const stream = options?.getStream()?.getStreamIdentifier()
    const denied = denialOf(this.access.check(call.metadata, 'read', stream ? nameOf(stream) : '$all')) ?? this.elsewhere(call.metadata)
    if (denied) call.emit('error', denied)
    if (denied || !options) return
    const subscription = options.hasSubscription()
    this.#count(subscription ? 'Subscribe' : 'Read')
    if (subscription) void this.#subscribe(call, options)
    else void answerRead(call, this.log, options, this.#searches)
  }

  async #subscribe(call: ReadCall, options: ReadReq.Options): Promise<void> {
    this.#openSubscriptions++
    call.once('close', () => this.#openSubscriptions--)
    await answerSubscription(call, this.log, options)
  }

  #count(call: string): void {
    this.calls.set(call, (this.calls.get(call) ?? 0) + 1)
  }
}

/** In lower case, as servers name them (kurrent-io/KurrentDB, src/KurrentDB.Core/Services/Transport/Grpc/ServerFeatures.cs). */
function supportedMethods(): SupportedMethods {
  const methods = ['append', 'batchappend', 'read', 'delete'].map((name) =>
    new featureMessages.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name),
  )
  return new featureMessages.SupportedMethods().setMethodsList(methods).setEventStoreServerVersion(VERSION)
}

/** Binds, waiting for the port while a server that was just stopped still holds it. */
async function listen(grpc: GrpcServer, port: number, tls: { certificate: Buffer; key: Buffer } | null): Promise<number> {
  const credentials = tls
    ? ServerCredentials.createSsl(null, [{ cert_chain: tls.certificate, private_key: tls.key }])
    : ServerCredentials.createInsecure()
  for (let attempt = 0; ; attempt++) {
    try {
      return await new Promise<number>((resolve, reject) =>
        grpc.bindAsync(`127.0.0.1:${port}`, credentials, (error, bound) => (error ? reject(error) : resolve(bound))),
      )
    } catch (error) {
      if (attempt === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
