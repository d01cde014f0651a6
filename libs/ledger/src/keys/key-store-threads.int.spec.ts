import { type ChildProcess, spawn } from 'node:child_process'
import { createSecretKey, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { draftOf, encrypted, eventId, record, STREAM, WORKSPACE } from './example-events.ts'
import { openEvent } from './open-event.ts'
import { openKeyStore } from './open-key-store.ts'

const MASTER = randomBytes(32)
const masterKey = createSecretKey(MASTER)
const source = (name: string) => JSON.stringify(new URL(name, import.meta.url))

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-keys-'))
  file = join(folder, 'keys.db')
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('a process that is killed at a random moment', () => {
  test('leaves every key that it had been given, and a store that works', async () => {
    const acknowledged = new Map<string, string>()
    for (let round = 0; round < 5; round++) {
      const child = run(`
        import { writeSync } from 'node:fs'
        for (let i = 0; ; i++) {
          const stream = '${WORKSPACE}.model-r${round}i' + i
          keys.blockKeysForSealing([{ stream, block: 0 }])
          const subject = keys.subjectFor('${WORKSPACE}', stream)
          const key = keys.eventKeyForSealing(stream, 0, '${eventId(0)}')
          writeSync(1, stream + ' ' + Buffer.from(key).toString('hex') + ' ' + subject + '\\n')
        }`)
      const output = await outputUntilKilled(child, 20 + Math.random() * 60)
      for (const line of output.split('\n').slice(0, -1)) acknowledged.set(line.split(' ')[0] ?? '', line)
    }
    const keys = openKeyStore({ file, masterKey, mode: 'write' })
    expect(acknowledged.size).toBeGreaterThan(5)
    for (const [stream, line] of acknowledged) {
      const key = Buffer.from(keys.eventKey(stream, 0, eventId(0)) ?? []).toString('hex')
      expect(`${stream} ${key} ${keys.subjectFor(WORKSPACE, stream)}`).toBe(line)
    }
    keys.close()
  })

  test('between key and event leaves a key that the event is sealed with later', async () => {
    const child = run(`
      keys.blockKeysForSealing([{ stream: '${STREAM}', block: 0 }])
      process.kill(process.pid, 'SIGKILL')`)
    expect(await exitOf(child)).toBe('SIGKILL')
    const keys = openKeyStore({ file, masterKey, mode: 'write' })
    const unused = keys.eventKey(STREAM, 0, eventId(0))
    expect(unused).not.toBeNull()
    const stored = record(draftOf({ reason: 'accepted' }, [encrypted('/reason')]), 0, keys)
    expect(keys.eventKey(STREAM, 0, eventId(0))).toEqual(unused)
    expect(openEvent(stored, keys).data).toEqual({ reason: 'accepted' })
    keys.close()
  })
})

describe('processes and threads at once', () => {
  test('that ask for a subject of the same references get the same subjects', async () => {
    const code = `
      const mine = Array.from({ length: 40 }, (_, i) => keys.subjectFor('${WORKSPACE}', 'customer ' + i))
      const block = Buffer.from(keys.eventKeyForSealing('${STREAM}', 0, '${eventId(0)}')).toString('hex')
      process.stdout.write(JSON.stringify({ mine, block }))`
    const found = await Promise.all([run(code), run(code), run(code)].map(outputOf))
    expect(JSON.parse(found[0] ?? '').mine).toHaveLength(40)
    expect(new Set(found).size).toBe(1)
  })

  test('a worker opens fields that the main thread sealed, and none whose key was destroyed since', async () => {
    const keys = openKeyStore({ file, masterKey, mode: 'write' })
    const subject = keys.subjectFor(WORKSPACE, 'a')
    const stored = record(draftOf({ reason: 'accepted', name: 'Ada' }, [encrypted('/reason'), encrypted('/name', subject)]), 0, keys)
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads')
      Promise.all([import(${source('./open-key-store.ts')}), import(${source('./open-event.ts')})]).then(([{ openKeyStore }, { openEvent }]) => {
        const keys = openKeyStore({ ...workerData, mode: 'read' })
        parentPort.on('message', (event) => {
          if (event !== null) return parentPort.postMessage(openEvent(event, keys).data)
          keys.close()
          parentPort.close()
        })
      })`,
      { eval: true, workerData: { file, masterKey }, execArgv: ['--conditions=@annal/source'] },
    )
    const ask = () =>
      new Promise((resolve, reject) => {
        worker.once('message', resolve)
        worker.once('error', reject)
        worker.postMessage(stored)
      })
    expect(await ask()).toEqual({ reason: 'accepted', name: 'Ada' })
    expect(keys.destroySubject(WORKSPACE, subject)).toEqual({ status: 'destroyed' })
    expect(await ask()).toEqual({ reason: 'accepted', name: { erased: true } })
    worker.postMessage(null)
    await new Promise((resolve) => worker.once('exit', resolve))
    keys.close()
  })
})

/** A process with the key store open as `keys`. */
function run(code: string): ChildProcess {
  const opening = `
    import { createSecretKey } from 'node:crypto'
    import { openKeyStore } from ${source('./open-key-store.ts')}
    const masterKey = createSecretKey(Buffer.from('${MASTER.toString('hex')}', 'hex'))
    const keys = openKeyStore({ file: ${JSON.stringify(file)}, masterKey, mode: 'write' })`
  return spawn(
    process.execPath,
    ['--conditions=@annal/source', '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', `${opening}\n${code}`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
}

async function outputUntilKilled(child: ChildProcess, milliseconds: number): Promise<string> {
  const first = new Promise((resolve) => child.stdout?.once('data', resolve))
  const output = outputOf(child)
  await first
  await sleep(milliseconds)
  child.kill('SIGKILL')
  return output
}

async function outputOf(child: ChildProcess): Promise<string> {
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  await exitOf(child)
  return output
}

function exitOf(child: ChildProcess): Promise<string | number | null> {
  return new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)))
}
