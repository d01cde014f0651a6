import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { APPEND, driftDetected, TestServer } from '../testing/test-server.ts'

let server: TestServer
let service: string
let auditor: string

const EVENTS = 'query ($at: Position) { events(filter: { about: ["model:cs"] }, first: 500, atLeast: $at) { edges { node { id } } } }'
const trail = async (at: string | undefined) =>
  (await server.ask<{ events: { edges: { node: { id: string } }[] } }>(auditor, EVENTS, { at })).events.edges.map(({ node }) => node.id)

beforeAll(async () => {
  server = await TestServer.start()
  const { workspace } = await server.signIn()
  service = await server.key(workspace)
  auditor = await server.key(workspace, 'AUDITOR')
})
afterAll(() => server.stop())

describe('the server', () => {
  test('says that it lives and that it is ready', async () => {
    expect(await (await fetch(`${server.url}/health/live`)).json()).toEqual({ status: 'ok' })
    const ready = await fetch(`${server.url}/health/ready`)
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        status: 'ok',
        checks: {
          store: { status: 'ok' },
          protection: { status: 'ok' },
          sealer: { status: 'ok' },
          projector: { status: 'ok' },
          disk: { status: 'ok' },
        },
      },
    ])
  })

  test('shows what it measures', async () => {
    await server.append(service, driftDetected())
    const text = await (await fetch(`${server.url}/metrics`)).text()
    expect(text).toMatch(/^annal_events_recorded_total [1-9]/m)
    expect(text).toMatch(/^annal_append_seconds_count [1-9]/m)
    expect(text).toMatch(/^annal_view_behind_events\{view="audit-trail"\} \d/m)
  })

  test('goes on after a restart with the same workspace, keys and events', async () => {
    const [receipt] = await server.append(service, driftDetected())
    const before = await trail(receipt?.position)
    await server.restart()
    expect(await trail(receipt?.position)).toEqual(before)
  })

  test('builds its views anew from the record', async () => {
    const [receipt] = await server.append(service, driftDetected())
    const before = await trail(receipt?.position)
    expect(await server.admin({ command: 'rebuild' })).toMatchObject({ status: 'done' })
    expect(await trail(receipt?.position)).toEqual(before)
  })

  test('answers what is under way when it is stopped', async () => {
    const appends = Array.from({ length: 50 }, () => server.graphql(service, APPEND, { events: [driftDetected()] }))
    await Promise.race(appends)
    const started = performance.now()
    await server.restart()
    expect(performance.now() - started).toBeLessThan(10_000)
    const answers = await Promise.allSettled(appends)
    const [receipt] = await server.append(service, driftDetected())
    const shown = await trail(receipt?.position)
    for (const answer of answers) {
      if (answer.status === 'rejected' || answer.value.data === null) continue // Not answered, or told that the server is closing.
      const { append } = answer.value.data as { append: { outcomes: { id: string }[] } }
      expect(shown).toContain(append.outcomes[0]?.id)
    }
  })

  test('sends the dashboard with a strict policy, or says that it is not built', async () => {
    const response = await fetch(`${server.url}/`)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none';script-src 'self'")
    expect(await response.text()).toContain('npm run build')
  })
})

describe('a full disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'annal-small-'))
  let mounted = false
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' })
    mounted = true
  } catch {
    console.warn('A small file system can not be mounted here: what happens on a full disk is not tested.')
  }
  afterAll(() => {
    if (mounted) execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })

  test.runIf(mounted)('is told with every append, loses nothing and heals', async () => {
    const small = await TestServer.start(folder)
    const { workspace } = await small.signIn()
    const key = await small.key(workspace)
    const acknowledged: string[] = []
    const ballast = join(folder, 'ballast')
    fill(ballast)
    let answer = await small.graphql(key, APPEND, { events: [driftDetected()] })
    for (let i = 0; i < 400 && answer.errors.length === 0; i++) {
      acknowledged.push((answer.data as { append: { outcomes: { id: string }[] } }).append.outcomes[0]?.id ?? '')
      answer = await small.graphql(key, APPEND, { events: Array.from({ length: 50 }, () => driftDetected()) })
    }
    expect(answer.errors[0]?.extensions.code).toMatch(/^STORE_(FULL|UNAVAILABLE)$/)
    expect((await fetch(`${small.url}/health/live`)).status).toBe(200)
    if (existsSync(ballast)) rmSync(ballast)
    await expect
      .poll(async () => (await small.graphql(key, APPEND, { events: [driftDetected()] })).errors.length, { timeout: 30_000 })
      .toBe(0)
    for (const id of acknowledged.slice(0, 20))
      expect(await small.append(key, driftDetected({}, id))).toMatchObject([{ __typename: 'Receipt', repeated: true }])
    await small.close()
  })
})

/** Leaves a little room and no more. */
function fill(file: string): void {
  for (let megabytes = 7; megabytes > 0; megabytes--) {
    try {
      writeFileSync(file, Buffer.alloc(megabytes * 1024 * 1024))
      return
    } catch {
      rmSync(file, { force: true }) // Too much: try with less.
    }
  }
}
