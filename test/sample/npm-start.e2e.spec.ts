import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AdminLine } from '../../samples/player/admin-line.ts'
import { graphql } from '../kit/annal-process.ts'

const root = resolve(import.meta.dirname, '../..')
const data = mkdtempSync(join(tmpdir(), 'annal-sample-'))
const environment = { PATH: process.env.PATH, HOME: process.env.HOME, ANNAL_DATA: data, ANNAL_PORT: '0' }

/** `npm start`, until it shows the link to the dashboard. */
class Started {
  readonly lines: string[] = []
  url = ''
  milliseconds = 0
  private readonly child: ChildProcess

  private constructor(child: ChildProcess) {
    this.child = child
  }

  static start(): Promise<Started> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'scripts/start.mjs')], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const started = new Started(child)
    const since = performance.now()
    return new Promise((settle, reject) => {
      child.stderr?.on('data', (chunk: Buffer) => started.lines.push(chunk.toString()))
      child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${started.lines.slice(-20).join('\n')}`)))
      createInterface({ input: child.stdout! }).on('line', (line) => {
        started.lines.push(line)
        started.url = /serves (http\S+)/.exec(line)?.[1] ?? started.url
        if (!line.includes('/sign-in#')) return
        started.milliseconds = performance.now() - since
        settle(started)
      })
    })
  }

  get said(): string {
    return this.lines.join('\n')
  }

  async stop(): Promise<void> {
    this.child.removeAllListeners('exit')
    const gone = new Promise((settle) => this.child.once('exit', settle))
    this.child.kill('SIGTERM')
    await gone
  }
}

const notes = () => JSON.parse(readFileSync(join(data, 'sample.json'), 'utf8'))

describe('npm start', () => {
  let started: Started
  let auditor = ''

  const ask = <Data>(query: string, variables: Readonly<Record<string, unknown>> = {}) =>
    graphql<Data>(started.url, auditor, query, variables)
  const count = async (filter: object) => {
    const { ledger } = await ask<{ ledger: { head: string } }>('{ ledger { head } }')
    const query = 'query ($filter: EventFilter, $at: Position) { events(filter: $filter, first: 1, atLeast: $at) { count { value } } }'
    return (await ask<{ events: { count: { value: number } } }>(query, { filter, at: ledger.head })).events.count.value
  }
  const open = async () => {
    started = await Started.start()
    const admin = await AdminLine.open(join(data, 'annal.sock'))
    auditor = await admin.ask({
      command: 'issue-key',
      workspace: notes().workspace,
      role: 'AUDITOR',
      name: 'test',
      requestsPerSecond: 1_000,
    })
    admin.close()
  }

  beforeAll(open, 180_000)
  afterEach(() => expect(started.said).not.toMatch(/fault|Error/))
  afterAll(async () => {
    await started.stop()
    rmSync(data, { recursive: true, force: true })
  })

  it('records the whole story through the public API, and shows how far it is', async () => {
    const { told } = notes()
    expect(told).toBeGreaterThanOrEqual(4_500)
    expect(started.said).toContain(`${told} events of 18 months, ${told} recorded now, 0 recorded before.`)
    expect(started.said).toMatch(/Recording the sample: \d+ of \d+ events/)
    expect(await count({})).toBeGreaterThanOrEqual(told)
    console.info(`npm start: ${Math.round(started.milliseconds)} ms`)
  })

  it('has six people who decide in sessions of their own, and one key for observations', async () => {
    const { people } = notes()
    expect(Object.keys(people)).toHaveLength(6)
    for (const { id } of Object.values<{ id: string }>(people)) expect(await count({ actor: id })).toBeGreaterThan(3)
    expect(statSync(join(data, 'sample.json')).mode & 0o777).toBe(0o600)
  })

  it('says everywhere that its clock is simulated, and shows the present', async () => {
    const { viewer } = await ask<{ viewer: { clock: string; workspace: { simulatedClock: boolean } } }>(
      '{ viewer { clock workspace { simulatedClock } } }',
    )
    expect(viewer.workspace.simulatedClock).toBe(true)
    expect(Math.abs(Date.parse(viewer.clock) - Date.now())).toBeLessThan(10_000)
  })

  it('recorded each event shortly after it occurred, in the order of the story', async () => {
    const query = '{ events(first: 200, filter: { types: [DecisionMade] }) { edges { node { occurredAt recordedAt } } } }'
    const { events } = await ask<{ events: { edges: { node: { occurredAt: string; recordedAt: string } }[] } }>(query)
    for (const { node } of events.edges) {
      const delay = Date.parse(node.recordedAt) - Date.parse(node.occurredAt)
      expect(delay).toBeGreaterThan(0)
      expect(delay).toBeLessThan(7 * 3_600_000)
    }
  })

  it('is refused by serve, with and without the script', () => {
    for (const program of ['scripts/serve.mjs', 'apps/api/dist/server/main.js']) {
      const { status, stderr } = spawnSync(process.execPath, [join(root, program)], { env: environment, encoding: 'utf8' })
      expect(status).toBe(1)
      expect(stderr).toMatch(/sample organisation|in use|another process/)
    }
  })

  it('changes nothing when it runs again, and starts at once', { timeout: 180_000 }, async () => {
    const before = await count({})
    await started.stop()
    const alone = spawnSync(process.execPath, [join(root, 'apps/api/dist/server/main.js')], { env: environment, encoding: 'utf8' })
    expect(alone).toMatchObject({ status: 1, stderr: expect.stringContaining('sample organisation') })
    await open()
    expect(started.said).toContain('0 recorded now')
    console.info(`npm start again: ${Math.round(started.milliseconds)} ms`)
    // One more key for this test, and whatever became due meanwhile.
    expect((await count({})) - before).toBeLessThan(20)

    await started.stop()
    writeFileSync(join(data, 'sample.json'), JSON.stringify({ ...notes(), told: null }))
    await open()
    expect(started.said).toContain(`0 recorded now, ${notes().told} recorded before.`)
  })
})
