import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../serve/config.ts'
import { driftDetected, TestServer } from '../testing/test-server.ts'

const START = '2025-05-20T08:00:00.000Z'
const SAMPLE = ['--sample-from', START]
const VIEWER = '{ viewer { clock workspace { id simulatedClock } } }'

interface Viewer {
  readonly viewer: { readonly clock: string; readonly workspace: { readonly id: string; readonly simulatedClock: boolean } }
}

let folder = ''
let server: TestServer | null = null
const start = async (args: readonly string[]) => {
  server = await TestServer.start(folder, args)
  return server
}
const stop = async () => {
  await server?.close()
  server = null
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-'))
})
afterEach(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a sample folder', () => {
  test('says so in its first event, in the origin of its log and to everybody', async () => {
    const sample = await start(SAMPLE)
    const { cookie, workspace } = await sample.signIn()
    const { viewer } = await sample.ask<Viewer>(cookie, VIEWER)
    expect(viewer.workspace).toEqual({ id: workspace, simulatedClock: true })
    expect(viewer.clock.slice(0, 10)).toBe('2025-05-20')
    const first = await firstEvent(folder)
    expect(first).toMatchObject({
      type: 'WorkspaceOpened',
      recordedAt: expect.stringMatching(/^2025-05-20T08:00/),
      data: { simulatedClock: true, logOrigin: `127.0.0.1/log/v1/${workspace}/simulated` },
    })
  })

  test('has a clock that whoever holds its socket sets forward, that stamps events and goes on from the newest after a restart', async () => {
    const sample = await start(SAMPLE)
    const { cookie, workspace } = await sample.signIn()
    const service = await sample.key(workspace)
    expect(await sample.admin({ command: 'advance-clock', to: '2025-07-01T10:00:00.000Z' })).toMatchObject({ status: 'done' })
    const event = { ...driftDetected(), occurredAt: '2025-07-01T09:59:00.000Z' }
    const [receipt] = await sample.append(service, event)
    expect(receipt).toMatchObject({ recordedAt: expect.stringMatching(/^2025-07-01T10:00/) })
    expect(await sample.append(service, { ...driftDetected(), occurredAt: '2025-07-02T00:00:00.000Z' })).toMatchObject([
      { code: 'OCCURRED_IN_THE_FUTURE' },
    ])
    await sample.admin({ command: 'advance-clock', to: '2025-06-01T00:00:00.000Z' })
    expect((await sample.ask<Viewer>(service, VIEWER)).viewer.clock.slice(0, 10)).toBe('2025-07-01')
    expect(await sample.ask<Viewer>(cookie, VIEWER)).toMatchObject({ viewer: { workspace: { id: workspace } } })
    await sample.restart()
    expect((await sample.ask<Viewer>(service, VIEWER)).viewer.clock).toMatch(/^2025-07-01T10:00/)
  })

  test('is not served as a real one, nor a real one as a sample', async () => {
    await start(SAMPLE)
    await stop()
    await expect(start([])).rejects.toThrow('sample organisation')
    rmSync(folder, { recursive: true })
    await start([])
    await stop()
    await expect(start(SAMPLE)).rejects.toThrow('real record')
  })
})

describe('a real folder', () => {
  test('never accepts a clock command', async () => {
    const real = await start([])
    const { cookie } = await real.signIn()
    expect(await real.admin({ command: 'advance-clock', to: '2099-01-01T00:00:00.000Z' })).toMatchObject({
      status: 'refused',
      message: expect.stringContaining('real'),
    })
    const { viewer } = await real.ask<Viewer>(cookie, VIEWER)
    expect(viewer.workspace.simulatedClock).toBe(false)
    expect(Math.abs(Date.parse(viewer.clock) - Date.now())).toBeLessThan(5_000)
  })

  test('is not made a sample by any setting', () => {
    expect(readConfig({}, ['--sample-from', 'yesterday'])).toMatchObject({ status: 'refused' })
    expect(readConfig({}, ['--port', '1'])).toMatchObject({ status: 'refused' })
    expect(readConfig({ ANNAL_SAMPLE_FROM: START })).toMatchObject({ status: 'refused' })
  })
})

async function firstEvent(data: string) {
  await stop()
  const { openSqliteStore } = await import('@annal/ledger')
  const store = openSqliteStore({ file: join(data, 'events.db'), mode: 'read' })
  const [first] = await store.readAll({ after: null, limit: 1 })
  await store.close()
  return JSON.parse(Buffer.from(first?.bytes ?? new Uint8Array()).toString())
}
