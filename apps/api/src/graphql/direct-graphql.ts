import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { DirectRoutes } from '../http/create-http-app.ts'
import { lingering } from '../http/lingering.ts'
import { BODY_TOO_LARGE, readBody, refuseLargeBody } from '../http/read-body.ts'
import { answerGraphqlError } from '../http/send-error.ts'
import { parseStrictJson, refuseEncoded } from '../http/strict-json.ts'
import { TypedError } from '../http/typed-error.ts'
import type { Admission } from '../identity/admission.ts'
import type { GraphqlEndpoint } from './endpoint.ts'
import type { RequestContext } from './guard-root-fields.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * `POST /graphql` and `POST /w/<workspace>/graphql` on Node's own server. Emitting services send most of what arrives here, one event at
 * a time, and Fastify's way from the socket to a handler and back costs as much as recording the event.
 */
export class DirectGraphql implements DirectRoutes {
  private stopped = false

  constructor(
    private readonly admission: Admission,
    private readonly endpoint: GraphqlEndpoint,
    private readonly nextId: () => string,
  ) {}

  take(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.stopped || request.method !== 'POST' || !isGraphql(request.url ?? '')) return false
    this.serve(request, response, this.nextId())
    return true
  }

  stop(): void {
    this.stopped = true
  }

  private serve(request: IncomingMessage, response: ServerResponse, correlationId: string): void {
    const fail = (error: unknown) => {
      const { status, headers, body } = answerGraphqlError(error, correlationId)
      if (headers.connection === 'close') sendLast(request, response, { status, body, headers })
      else this.send(response, { status, body }, headers)
    }
    try {
      const { headers, url = '' } = request
      this.admission.admit('POST', headers, url)
      refuseLargeBody(request)
      requireJson(headers['content-type'])
      refuseEncoded(headers)
      readBody(
        request,
        (body) => this.answer(body, () => ({ caller: this.admission.readmit(headers, url), correlationId }), response, fail),
        () => fail(new TypedError('BODY_TOO_LARGE', BODY_TOO_LARGE)),
      )
    } catch (error) {
      fail(error)
    }
  }

  private answer(body: Buffer, context: () => RequestContext, response: ServerResponse, fail: (error: unknown) => void): void {
    try {
      const answer = this.endpoint.answer(parseStrictJson(body), context())
      if (answer instanceof Promise) answer.then((later) => this.send(response, later)).catch(fail)
      else this.send(response, answer)
    } catch (error) {
      fail(error)
    }
  }

  private send(response: ServerResponse, { status, body }: { status: number; body: string }, more?: OutgoingHttpHeaders): void {
    const length = Buffer.byteLength(body)
    const headers: OutgoingHttpHeaders = { 'content-type': JSON_TYPE, 'content-length': length, ...more }
    if (this.stopped) headers.connection = 'close'
    response.writeHead(status, headers)
    // As many bytes as characters: all of it is ASCII, which needs no encoding.
    response.end(body, length === body.length ? 'latin1' : 'utf8')
  }
}

interface LastAnswer {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: string
}

/** Of a request whose body is not read to its end. */
function sendLast(request: IncomingMessage, response: ServerResponse, { status, headers, body }: LastAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  lingering(body, request).pipe(response)
}

function isGraphql(url: string): boolean {
  return url === '/graphql' || /^(?:\/w\/[^/?]+)?\/graphql(?:\?|$)/.test(url)
}

/** Media types are written in any case, and may have parameters. */
function requireJson(contentType: string | undefined): void {
  if (contentType === 'application/json' || /^application\/json\s*(?:;|$)/i.test(contentType ?? '')) return
  throw new TypedError('UNSUPPORTED_MEDIA_TYPE', 'The content type must be application/json.')
}
