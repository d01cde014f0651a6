import type { FastifyRequest } from 'fastify'
import type { Authenticator } from '../identity/authenticate.ts'
import type { Caller } from '../identity/caller.ts'

/** How often, in ms, credentials are looked at again for having expired; a revocation is seen at once. */
const INTERVAL = 1_000
/** A close code of ours: the credential doesn't hold any more. */
const CREDENTIAL_ENDED = 4403

interface Socket {
  close(code: number, reason: string): void
  once(event: 'close', listener: () => void): void
}

interface Connection {
  readonly socket: Socket
  readonly request: FastifyRequest
  readonly ended: AbortController
}

/** Sockets that are open on the strength of a credential, closed when it ends. */
export class LiveConnections {
  private readonly open = new Set<Connection>()
  private readonly timer: NodeJS.Timeout

  constructor(private readonly authenticator: Authenticator) {
    this.timer = setInterval(() => this.recheck(), INTERVAL)
    this.timer.unref()
  }

  get size(): number {
    return this.open.size
  }

  /** Aborts when the socket closes, for whatever reason. */
  add(socket: Socket, request: FastifyRequest): AbortSignal {
    const connection: Connection = { socket, request, ended: new AbortController() }
    this.open.add(connection)
    socket.once('close', () => {
      this.open.delete(connection)
      connection.ended.abort()
    })
    return connection.ended.signal
  }

  recheck(): void {
    for (const connection of this.open) if (!this.stillHolds(connection)) this.end(connection)
  }

  close(): void {
    clearInterval(this.timer)
    for (const { ended } of this.open) ended.abort()
  }

  private end({ socket, ended }: Connection): void {
    ended.abort()
    socket.close(CREDENTIAL_ENDED, 'The credential has ended.')
  }

  private stillHolds({ request }: Connection): boolean {
    try {
      return sameCaller(this.authenticator.recheck(request.headers, request.originalUrl), request.caller)
    } catch {
      return false // Whatever the reason, it doesn't hold.
    }
  }
}

function sameCaller(now: Caller, then: Caller | null): boolean {
  return then !== null && now.workspace === then.workspace && now.roles.join() === then.roles.join()
}
