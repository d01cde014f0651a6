import type { FastifyRequest } from 'fastify'
import { type ExecutionArgs, type ExecutionResult, type FormattedExecutionResult, subscribe } from 'graphql'
import { CloseCode, makeServer } from 'graphql-ws'
import type { CredentialRates } from '../http/rate-limit.ts'
import { reportFault } from '../http/report-fault.ts'
import { TypedError } from '../http/typed-error.ts'
import { endableAtOnce } from './endable-at-once.ts'
import type { GraphqlEndpoint } from './endpoint.ts'
import type { RequestContext } from './guard-root-fields.ts'
import type { LiveConnections } from './live-connections.ts'
import { presentErrors } from './present-errors.ts'
import { presentedError } from './subscription-errors.ts'

/** At once, on one socket; the schema says so too. */
const MOST_SUBSCRIPTIONS = 100
const EXPECTED = 'A message must be JSON as in graphql-transport-ws; `subscribe` has an id and a payload with a `query`.'

interface Socket {
  readonly protocol: string
  send(text: string, sent: (error?: Error) => void): void
  close(code: number, reason: string): void
  on(event: 'message', listener: (message: Buffer) => void): void
  on(event: 'error', listener: () => void): void
  once(event: 'close', listener: (code: number, reason: Buffer) => void): void
}

type Executed = { readonly [Name in 'data' | 'errors']?: ExecutionResult[Name] | undefined }

type SocketContext = RequestContext & { readonly signal: AbortSignal }

/** Subscriptions over sockets, in the protocol graphql-transport-ws. */
export class SubscriptionSockets {
  private readonly server

  constructor(
    endpoint: GraphqlEndpoint,
    rates: CredentialRates,
    private readonly live: LiveConnections,
  ) {
    this.server = makeServer<Record<string, unknown>, SocketContext>({
      onSubscribe: ({ subscriptions, extra }, _id, payload) => {
        try {
          rates.count(extra.caller)
          refuseMore(Object.keys(subscriptions).length)
          return endpoint.subscription(payload, extra)
        } catch (error) {
          return [presentedError(error, extra, 'INTERNAL')]
        }
      },
      subscribe: begin,
      onNext: ({ extra }, _id, _payload, _args, result) => presented(result, extra),
    })
  }

  /** `request`: the one that the socket was opened by, authenticated. */
  open(socket: Socket, request: FastifyRequest): void {
    const { caller, id: correlationId } = request
    if (caller === null) throw new Error('expected an authenticated request to open a socket, found none')
    const context = { caller, correlationId, signal: this.live.add(socket, request) }
    const closed = this.server.opened(
      {
        protocol: socket.protocol,
        // What can't be sent ends no wait: the socket is closing, and nothing more is asked of the record for it.
        send: (text) => new Promise((resolve) => socket.send(text, (error) => error ?? resolve())),
        close: (code = CloseCode.InternalServerError, reason = '') => socket.close(code, code === CloseCode.BadRequest ? EXPECTED : reason),
        onMessage: (take) =>
          socket.on('message', (message) => {
            take(String(message)).catch((error: unknown) => {
              if (isOfServers(error)) return socket.close(CloseCode.BadRequest, EXPECTED)
              reportFault(error, correlationId)
              socket.close(CloseCode.InternalServerError, 'Something broke on our side.')
            })
          }),
      },
      context,
    )
    socket.on('error', () => undefined) // It closes by itself.
    socket.once('close', (code, reason) => void closed(code, String(reason)))
  }
}

/** A well-formed message that only servers send. */
function isOfServers(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Unexpected message of type ')
}

function refuseMore(subscriptions: number): void {
  if (subscriptions > MOST_SUBSCRIPTIONS)
    throw new TypedError('TOO_MANY_SUBSCRIPTIONS', `A socket holds ${MOST_SUBSCRIPTIONS} subscriptions at most. End some, or open another.`)
}

/** What can't begin throws at its first event, which is told as an error and not as an event. */
async function begin(args: ExecutionArgs): Promise<AsyncGenerator<ExecutionResult>> {
  const begun = await subscribe(args)
  return Symbol.asyncIterator in begun ? endableAtOnce(begun) : refused(begun)
}

// biome-ignore lint/correctness/useYield: it has nothing to give.
async function* refused({ errors = [] }: ExecutionResult): AsyncGenerator<ExecutionResult> {
  throw errors[0]
}

function presented({ data = null, errors }: Executed, { correlationId }: RequestContext): FormattedExecutionResult | undefined {
  return errors === undefined ? undefined : { data, errors: presentErrors(errors, correlationId, 'INTERNAL').errors }
}
