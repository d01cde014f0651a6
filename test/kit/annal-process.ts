import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { openOwnWorkspace } from './own-workspace.ts'

const root = resolve(import.meta.dirname, '../..')
const main = join(root, 'apps/api/dist/server/main.js')
const READY_WITHIN = 120_000
/** A whole run of the tests starts hundreds of servers. */
const { NODE_COMPILE_CACHE } = process.env
const inherited = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }

export interface AnnalOptions {
  /** The data folder; a temporary one that goes with `stop` if absent. */
  readonly data?: string
  readonly environment?: Readonly<Record<string, string>>
  /** The event store holds what others recorded: this one works in a workspace of its own, once its views show all of theirs. */
  readonly shared?: boolean
}

/** The built server in a process of its own, as an operator runs it: it can be killed and started again on the same folder and port. */
export class AnnalProcess {
  private child: ChildProcess | null = null
  private link = ''
  private known: string | null = null
  private own: string | null = null
  url = ''

  readonly data: string
  private readonly environment: Readonly<Record<string, string>>
  private readonly temporary: boolean

  private constructor(data: string, environment: Readonly<Record<string, string>>, temporary: boolean) {
    this.data = data
    this.environment = environment
    this.temporary = temporary
  }

  static async start({ data, environment = {}, shared = false }: AnnalOptions = {}): Promise<AnnalProcess> {
    const annal = new AnnalProcess(data ?? mkdtempSync(join(tmpdir(), 'annal-')), environment, data === undefined)
    await annal.spawn('0')
    if (shared) await annal.moveToOwnWorkspace()
    return annal
  }

  get pid(): number {
    const pid = this.child?.pid
    if (pid === undefined) throw new Error('expected a running server, found none')
    return pid
  }

  get port(): number {
    return Number(new URL(this.url).port)
  }

  /** A one-time sign-in link; each is good for one use. */
  async signInLink(): Promise<string> {
    const fresh = this.link
    this.link = ''
    return fresh === '' ? this.command({ command: 'sign-in-link' }) : fresh
  }

  /** Signs in as the administrator; gives the session's cookie. */
  async signIn(): Promise<{ cookie: string; workspace: string }> {
    const token = new URL(await this.signInLink()).hash.slice(1)
    const answer = await fetch(`${this.url}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ token }),
    })
    if (!answer.ok) throw new Error(`expected to sign in, found ${answer.status} ${await answer.text()}`)
    const { workspace } = (await answer.json()) as { workspace: string }
    return { workspace: this.own ?? workspace, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  }

  async workspace(): Promise<string> {
    this.known ??= (await this.signIn()).workspace
    return this.known
  }

  /** Issues an API key in the first workspace, or in its own. */
  async key(role: 'service' | 'auditor', requestsPerSecond = 1_000_000): Promise<string> {
    return this.command({ command: 'issue-key', workspace: await this.workspace(), role, name: `test ${role}`, requestsPerSecond })
  }

  private async moveToOwnWorkspace(): Promise<void> {
    const { cookie } = await this.signIn()
    this.own = await openOwnWorkspace(this.url, cookie, await this.key('auditor'))
    this.known = this.own
  }

  /** What `npm run annal` would ask over the socket in the data folder. */
  command(request: Readonly<Record<string, unknown>>): Promise<string> {
    return new Promise((settle, reject) => {
      const socket = connect(join(this.data, 'annal.sock'), () => socket.write(`${JSON.stringify(request)}\n`))
      socket.once('error', reject)
      createInterface(socket).once('line', (line) => {
        socket.end()
        const answer = JSON.parse(line)
        answer.status === 'done' ? settle(answer.text) : reject(new Error(answer.message))
      })
    })
  }

  /** SIGKILL: no goodbye, no flush. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  /** Starts again on the same folder and port. */
  async restart(): Promise<void> {
    await this.spawn(String(this.port))
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM')
    if (this.temporary) rmSync(this.data, { recursive: true, force: true })
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((settle) => child.once('exit', settle))
    child.kill(signal)
    await gone
    this.child = null
  }

  private spawn(port: string): Promise<void> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8', main], {
      env: {
        ...inherited,
        PATH: process.env.PATH ?? '',
        MALLOC_ARENA_MAX: '2',
        MALLOC_MMAP_THRESHOLD_: '131072',
        MALLOC_TRIM_THRESHOLD_: '131072',
        ...this.environment,
        ANNAL_DATA: this.data,
        ANNAL_PORT: port,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    return new Promise((settle, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`expected the server to be ready within ${READY_WITHIN} ms; it said: ${said}`)),
        READY_WITHIN,
      )
      let said = ''
      child.stderr?.on('data', (chunk: Buffer) => {
        said = `${said}${chunk.toString()}`.slice(-4000)
      })
      child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready: ${said}`)))
      createInterface({ input: child.stdout }).on('line', (line) => {
        said = `${said}${line}\n`.slice(-4000)
        this.url = /serves (http\S+)/.exec(line)?.[1] ?? this.url
        const link = /(http\S+\/sign-in#\S+)/.exec(line)?.[1]
        if (link === undefined) return
        this.link = link
        clearTimeout(timer)
        settle()
      })
    })
  }
}

/** A GraphQL request with an API key; gives `data`, throws on `errors`. */
export async function graphql<Data>(
  url: string,
  key: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  })
  const body = (await answer.json()) as { data?: Data; errors?: readonly { message: string }[] }
  if (body.errors !== undefined || body.data === undefined || body.data === null)
    throw new Error(`GraphQL answered ${answer.status}: ${JSON.stringify(body.errors)}`)
  return body.data
}
