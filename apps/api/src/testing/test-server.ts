import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AdminRequest } from '../commands/admin-request.ts'
import { readConfig } from '../serve/config.ts'
import { type RunningServer, startServer } from '../serve/start-server.ts'

export interface GraphqlAnswer {
  readonly status: number
  readonly data: unknown
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string; readonly correlationId: string } }[]
}

type Environment = Readonly<Record<string, string>>

/** A server on a port of its own over a folder of its own, and ways to speak to it as its users do. */
export class TestServer {
  readonly folder: string
  private server: RunningServer

  private constructor(
    folder: string,
    private readonly args: readonly string[],
    private readonly environment: Environment,
    server: RunningServer,
  ) {
    this.folder = folder
    this.server = server
  }

  /** `args`: of the command line, such as `--sample-from`. `environment`: settings beside port and folder. */
  static async start(
    folder = mkdtempSync(join(tmpdir(), 'annal-')),
    args: readonly string[] = [],
    environment: Environment = {},
  ): Promise<TestServer> {
    return new TestServer(folder, args, environment, await TestServer.open(folder, args, environment))
  }

  private static open(folder: string, args: readonly string[], environment: Environment): Promise<RunningServer> {
    const outcome = readConfig({ ...environment, ANNAL_PORT: '0', ANNAL_DATA: folder }, args)
    if (outcome.status === 'refused') throw new Error(outcome.sentence)
    return startServer(outcome.config, join(folder, 'web'))
  }

  get url(): string {
    return this.server.url
  }

  get signInLink(): string {
    return this.server.signInLink()
  }

  async restart(): Promise<void> {
    await this.server.close()
    this.server = await TestServer.open(this.folder, this.args, this.environment)
  }

  close(): Promise<void> {
    return this.server.close()
  }

  async stop(): Promise<void> {
    await this.close()
    rmSync(this.folder, { recursive: true })
  }

  /** What an operator's command would get over the socket. */
  admin(request: AdminRequest): Promise<{ status: string; text: string; message: string }> {
    return new Promise((resolve, reject) => {
      const socket = connect(join(this.folder, 'annal.sock'), () => socket.write(`${JSON.stringify(request)}\n`))
      socket.on('error', reject)
      socket.once('data', (data) => {
        resolve(JSON.parse(data.toString()))
        socket.end()
      })
    })
  }

  async key(workspace: string, role: 'SERVICE' | 'AUDITOR' = 'SERVICE', requestsPerSecond = 100_000): Promise<string> {
    const { text } = await this.admin({ command: 'issue-key', workspace, role, name: 'test', requestsPerSecond })
    return `Bearer ${text}`
  }

  /** Invites somebody by this administrator and signs him in, as if the link had been handed over. */
  async join(administrator: string, role: string, name: string = role): Promise<{ cookie: string; person: string; workspace: string }> {
    const input = { email: `${randomUUID()}@bank.example`, name, role }
    const { invitePerson } = await this.ask<{ invitePerson: { link: string; invitation: { person: string } } }>(administrator, INVITE, {
      input,
    })
    return { person: invitePerson.invitation.person, ...(await this.open(invitePerson.link)) }
  }

  /** Opens a sign-in link in a new browser. */
  async open(link: string): Promise<{ cookie: string; workspace: string }> {
    const response = await this.post('/session', { token: new URL(link).hash.slice(1) })
    const { workspace } = (await response.json()) as { workspace: string }
    return { cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '', workspace }
  }

  /** The cookie of the administrator, signed in by a link. */
  async signIn(): Promise<{ cookie: string; workspace: string }> {
    return this.open(this.signInLink)
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
    })
  }

  async graphql(credential: string, query: string, variables: Record<string, unknown> = {}, path = '/graphql'): Promise<GraphqlAnswer> {
    const headers = credential.startsWith('Bearer ') ? { authorization: credential } : { cookie: credential, origin: this.url }
    const response = await this.post(path, { query, variables }, headers as Record<string, string>)
    const body = (await response.json()) as Partial<GraphqlAnswer>
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] }
  }

  /** The data of an answer without errors. */
  async ask<Data>(credential: string, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.graphql(credential, query, variables)
    if (errors.length > 0) throw new Error(JSON.stringify(errors))
    return data as Data
  }

  async append(credential: string, ...events: Record<string, unknown>[]): Promise<Outcome[]> {
    return (await this.ask<{ append: { outcomes: Outcome[] } }>(credential, APPEND, { events })).append.outcomes
  }
}

const INVITE = `mutation ($input: InvitePersonInput!) { invitePerson(input: $input) {
  ... on Invited { link invitation { person } } ... on InvalidInput { message } } }`

export interface Outcome {
  readonly __typename: 'Receipt' | 'Refusal'
  readonly id: string
  readonly stream: string
  readonly streamVersion: string
  readonly position: string
  readonly repeated: boolean
  readonly code: string
  readonly message: string
  readonly path: string | null
}

export const APPEND = `mutation Append($events: [EventEnvelopeInput!]!) { append(events: $events) { position outcomes { __typename
  ... on Receipt { id stream streamVersion position recordedAt repeated erased } ... on Refusal { id code message path } } } }`

/** An event that any service may send. */
export function driftDetected(changes: Record<string, unknown> = {}, id: string = randomUUID()): Record<string, unknown> {
  const data = { model: 'cs', version: '7', kind: 'data', metric: 'psi', value: 0.27, threshold: 0.2, window: 'P7D', ...changes }
  return { id, occurredAt: '2026-04-14T08:05:00.000Z', event: { driftDetected: data } }
}
