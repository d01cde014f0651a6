import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { wholeTrail } from '../crash/acknowledged-events.ts'
import { AnnalProcess, graphql } from '../kit/annal-process.ts'

/** 50 by hand (`ANNAL_TEST_KILLS=50 npx vitest run test/client`), fewer in CI. Every other one kills the service, the others the server. */
const kills = Number(process.env.ANNAL_TEST_KILLS ?? 4)
const program = join(import.meta.dirname, 'emitting-service.ts')

/** The service, and every id that it said was durable before it was killed. */
class Service {
  readonly emitted = new Set<string>()
  private child: ChildProcess | null = null
  private readonly environment: NodeJS.ProcessEnv

  constructor(environment: NodeJS.ProcessEnv) {
    this.environment = { PATH: process.env.PATH, ...environment }
  }

  start(): Promise<void> {
    const child = this.spawn([])
    this.child = child
    return new Promise((settle, reject) => {
      child.once('exit', (code) => reject(new Error(`the service ended with ${code} before it was killed`)))
      lines(child, (line) => (line === 'ready' ? settle() : this.emitted.add(line)))
    })
  }

  async kill(): Promise<void> {
    const { child } = this
    if (child === null) throw new Error('expected a service that runs')
    const gone = new Promise((settle) => child.once('close', settle))
    child.kill('SIGKILL')
    await gone
  }

  drain(): Promise<string> {
    return new Promise((settle, reject) => {
      const child = this.spawn(['drain'])
      let last = ''
      lines(child, (line) => {
        last = line
      })
      child.once('close', (code) => (code === 0 ? settle(last) : reject(new Error(`draining ended with ${code}`))))
    })
  }

  private spawn(args: readonly string[]): ChildProcess {
    return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--conditions=@annal/source', program, ...args], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }
}

/** Only whole lines: what a kill cut off says nothing. */
function lines({ stdout }: ChildProcess, take: (line: string) => void): void {
  if (stdout === null) throw new Error('expected a pipe')
  let rest = ''
  stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const whole = (rest + chunk).split('\n')
    rest = whole.pop() ?? ''
    for (const line of whole) take(line)
  })
}

it(`everything that was emitted is there once after ${kills} kills of the service and of the server`, {
  timeout: 120_000 + kills * 30_000,
}, async () => {
  const annal = await AnnalProcess.start()
  const outbox = mkdtempSync(join(tmpdir(), 'annal-outbox-'))
  try {
    const auditor = await annal.key('auditor')
    const service = new Service({ LEDGER: annal.url, KEY: await annal.key('service'), OUTBOX: outbox })
    await service.start()
    for (let kill = 0; kill < kills; kill++) {
      await pause(200 + Math.random() * 600)
      if (kill % 2 === 0) {
        await service.kill()
        await service.start()
      } else {
        await annal.kill()
        await pause(Math.random() * 200)
        await annal.restart()
      }
    }
    await pause(300)
    await service.kill()
    expect(JSON.parse(await service.drain())).toEqual({ status: 'empty' })

    const { ledger } = await graphql<{ ledger: { head: string } }>(annal.url, auditor, '{ ledger { head } }')
    const ids = (await wholeTrail(annal.url, auditor, ledger.head)).map(({ id }) => id)
    const seen = new Set(ids)
    expect(ids.length - seen.size).toBe(0)
    expect([...service.emitted].filter((id) => !seen.has(id))).toEqual([])
    expect(service.emitted.size).toBeGreaterThan(100)
    expect(existsSync(join(outbox, 'refused.jsonl')) && statSync(join(outbox, 'refused.jsonl')).size).toBe(0)
    console.info(`${kills} kills: ${service.emitted.size} events emitted, ${seen.size} recorded, each once`)
  } finally {
    await annal.stop()
    rmSync(outbox, { recursive: true, force: true })
  }
})

function pause(milliseconds: number): Promise<void> {
  return new Promise((settle) => setTimeout(settle, milliseconds))
}
