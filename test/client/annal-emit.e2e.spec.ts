import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AnnalProcess } from '../kit/annal-process.ts'

const program = join(resolve(import.meta.dirname, '../..'), 'libs/client/dist/annal-emit.js')

interface Ended {
  readonly code: number | null
  readonly said: string
}

let annal: AnnalProcess
let folder: string
let keyFile: string
beforeAll(async () => {
  annal = await AnnalProcess.start()
})
afterAll(() => annal.stop())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'annal-emit-'))
  keyFile = join(folder, 'key')
  writeFileSync(keyFile, `${await annal.key('service')}\n`, { mode: 0o600 })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function emit(input: string, args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ANNAL_URL: annal.url, ANNAL_KEY_FILE: keyFile, ...environment },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
  })
  child.stdin.on('error', () => {}) // It may end without reading.
  child.stdin.end(input)
  return new Promise((settle) => child.once('close', (code) => settle({ code, said })))
}

const data = { model: 'emitted', version: '7', kind: 'data', metric: 'psi', value: 0.27, threshold: 0.2, window: 'P7D' }
const cloudEvent = (id: string, changes: object = {}) => ({
  specversion: '1.0',
  type: 'annal.DriftDetected',
  source: '/test',
  id,
  time: '2026-03-04T07:14:00Z',
  data: { ...data, ...changes },
})
const annalEvent = (n: number) => ({
  id: `0192f3c4-5a00-7000-8000-00000000000${n}`,
  type: 'DriftDetected',
  occurredAt: '2026-03-04T07:14:00Z',
  data,
})
const lines = (...values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('\n')

describe('annal-emit', () => {
  it('records CloudEvents from a batch, one a line or one alone, once however often and by whichever way they come', async () => {
    const batch = [cloudEvent('a'), cloudEvent('b')]
    expect(await emit(JSON.stringify(batch, null, 2))).toMatchObject({
      code: 0,
      said: expect.stringContaining('2 recorded (0 of them before)'),
    })
    expect(await emit(lines(...batch, cloudEvent('c')))).toMatchObject({
      code: 0,
      said: expect.stringContaining('3 recorded (2 of them before)'),
    })
    expect(await emit(JSON.stringify(cloudEvent('c'), null, 2))).toMatchObject({
      code: 0,
      said: expect.stringContaining('1 recorded (1 of them before)'),
    })
    const answer = await fetch(`${annal.url}/w/${await annal.workspace()}/api/v1/cloudevents`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json', authorization: `Bearer ${await annal.key('service')}` },
      body: JSON.stringify([cloudEvent('a'), cloudEvent('c')]),
    })
    expect(await answer.json()).toMatchObject({ outcomes: [{ repeated: true }, { repeated: true }] })
  })

  it('records Annal events from files', async () => {
    const files = [join(folder, 'one.jsonl'), join(folder, 'two.jsonl')]
    writeFileSync(files[0]!, lines(annalEvent(1), annalEvent(2)))
    writeFileSync(files[1]!, lines({ ...annalEvent(3), type: undefined, data: undefined, event: { driftDetected: data } }))
    expect(await emit('', files)).toMatchObject({ code: 0, said: expect.stringContaining('3 events: 3 recorded') })
  })

  it('tells what is refused with its place, and records the rest', async () => {
    const model = { model: 'emitted-once', name: 'Score', task: 'ranking', owner: 'risk' }
    const registered = (id: string) => ({ ...cloudEvent(id), type: 'annal.ModelRegistered', data: model })
    const ended = await emit(lines(registered('m1'), cloudEvent('bad', { value: 'much' }), registered('m2'), cloudEvent('d')))
    expect(ended.code).toBe(1)
    expect(ended.said).toContain('stdin, line 2: /data/value')
    expect(ended.said).toContain('stdin, line 3: CONTRADICTS_RECORD')
    expect(ended.said).toContain('2 recorded')
  })

  it('records nothing that was written otherwise', async () => {
    const line = (value: string) => JSON.stringify(annalEvent(9)).replace('0.27', value)
    const ended = await emit([line('9007199254740993'), line('0.3,"value":0.4'), line('"\\ud800"'), ''].join('\n'))
    expect(ended).toMatchObject({ code: 1, said: expect.stringContaining('0 recorded') })
  })

  it('checks without sending', async () => {
    const wrong = await emit(lines(cloudEvent('never'), cloudEvent('bad', { window: 7 }), { id: 'x' }), ['--dry-run'], { ANNAL_URL: '' })
    expect(wrong.code).toBe(1)
    expect(wrong.said).toContain('3 events checked, 2 refused; nothing was sent.')
    expect(await emit(lines(cloudEvent('never')), ['--dry-run'])).toMatchObject({ code: 0 })
    expect(await emit(lines(cloudEvent('never')))).toMatchObject({ said: expect.stringContaining('(0 of them before)') })
  })

  it('keeps what an unreachable Annal can’t take, for the next run', async () => {
    const ended = await emit(lines(annalEvent(4)), ['--url', 'http://127.0.0.1:9', '--wait', '0'])
    expect(ended).toMatchObject({ code: 3, said: expect.stringContaining('1 kept in the outbox') })
    const next = await emit('')
    expect(next).toMatchObject({ code: 0, said: expect.not.stringContaining('kept') })
    expect(await emit(lines(annalEvent(4)))).toMatchObject({ said: expect.stringContaining('1 recorded (1 of them before)') })
  })

  it('queues CloudEvents while Annal is unreachable if it is told the workspace, and otherwise says that it can’t', async () => {
    const away = ['--url', 'http://127.0.0.1:9', '--wait', '0']
    const unnamed = await emit(lines(cloudEvent('away')), away)
    expect(unnamed).toMatchObject({ code: 2, said: expect.stringContaining('name it with --workspace') })
    const named = await emit(lines(cloudEvent('away')), [...away, '--workspace', await annal.workspace()])
    expect(named).toMatchObject({ code: 3, said: expect.stringContaining('1 kept') })
    expect(await emit('')).toMatchObject({ code: 0 })
    expect(await emit(lines(cloudEvent('away')))).toMatchObject({ said: expect.stringContaining('1 recorded (1 of them before)') })
  })

  it('never takes the key from the command line, and tells wrong use', async () => {
    expect(await emit('', ['--key', 'ak_1'])).toMatchObject({ code: 2 })
    expect(await emit('', ['--url', 'annal'])).toMatchObject({ code: 2, said: expect.stringContaining('--url') })
    expect(await emit('', ['--key-file', 'nowhere'])).toMatchObject({ code: 2, said: expect.stringContaining('nowhere') })
    expect(await emit('', [], { ANNAL_KEY_FILE: '/dev/null' })).toMatchObject({ code: 2, said: expect.stringContaining('--key-file') })
    expect(await emit('', ['missing.jsonl'])).toMatchObject({ code: 2, said: expect.stringContaining('missing.jsonl') })
    expect(await emit('', ['/dev/null', 'missing.jsonl'])).toMatchObject({
      code: 2,
      said: expect.stringMatching(/^[^\n]*missing\.jsonl[^\n]*\n$/),
    })
    expect(await emit('', ['--url', 'http://[::'])).toMatchObject({ code: 2, said: expect.stringContaining('--url') })
    const two = join(folder, 'two')
    writeFileSync(two, 'ak_secret\nsecond')
    const secret = await emit('', ['--key-file', two])
    expect([secret.code, secret.said.includes('ak_secret')]).toEqual([2, false])
  })
})
