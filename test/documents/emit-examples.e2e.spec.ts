import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AnnalProcess } from '../kit/annal-process.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/emit.md'), 'utf8')
const examples = [...page.matchAll(/^```(sh|python|ts)\n([\s\S]*?)^```$/gm)].map(([, language, source]) => ({
  language: language ?? '',
  source: source ?? '',
}))

describe('docs/emit.md', () => {
  let annal: AnnalProcess
  let environment: NodeJS.ProcessEnv
  /** Where the examples run; `annal-emit` is there as an installed package would have it. */
  const folder = mkdtempSync(join(tmpdir(), 'annal-emit-'))

  beforeAll(async () => {
    annal = await AnnalProcess.start()
    const command = join(folder, 'annal-emit')
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'libs/client/dist/annal-emit.js')}' "$@"\n`)
    chmodSync(command, 0o700)
    environment = {
      PATH: `${folder}:${process.env.PATH}`,
      OUTBOX: join(folder, 'outbox'),
      HOME: process.env.HOME,
      LEDGER: annal.url,
      WORKSPACE: await annal.workspace(),
      KEY: await annal.key('service'),
      AUDITOR_KEY: await annal.key('auditor'),
    }
  })
  afterAll(async () => {
    await annal.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const interpreters: Readonly<Record<string, readonly [string, readonly string[], string]>> = {
    sh: ['bash', ['-c'], folder],
    python: ['python3', ['-c'], folder],
    ts: [process.execPath, ['--conditions=@annal/source', '--input-type=module-typescript', '--eval'], root],
  }
  const answerOf = async (language: string, source: string) => {
    const [command, flags, cwd] = interpreters[language]!
    const { stdout, stderr } = await run(command, [...flags, source], { env: environment, cwd })
    return `${stdout}${language === 'sh' && stdout === '' ? stderr : ''}`
  }

  it('has examples of each way in', () => {
    expect(examples.map(({ language }) => language)).toEqual(['sh', 'sh', 'python', 'ts', 'sh', 'sh'])
  })

  it('records with GraphQL from curl, and gives the first receipt again', async () => {
    const { source, language } = examples[0]!
    expect(JSON.parse(await answerOf(language, source)).data.append.outcomes).toMatchObject([
      { __typename: 'Receipt', streamVersion: '0', repeated: false },
    ])
    expect(JSON.parse(await answerOf(language, source)).data.append.outcomes).toMatchObject([
      { __typename: 'Receipt', streamVersion: '0', repeated: true },
    ])
  })

  it('records a CloudEvent from curl', async () => {
    const { source, language } = examples[1]!
    expect(JSON.parse(await answerOf(language, source)).outcomes).toMatchObject([{ status: 'recorded', streamVersion: '1' }])
  })

  it('records a decision about a data subject from Python, however often it runs', async () => {
    const { source, language } = examples[2]!
    expect(await answerOf(language, source)).toContain("'repeated': False")
    expect(await answerOf(language, source)).toContain("'repeated': True")
  })

  it('records with the client, from the outbox', async () => {
    const { source, language } = examples[3]!
    const said = await answerOf(language, source)
    expect(said).toMatch(/^[0-9a-f-]{36} is durable here$/m)
    expect(said).toMatch(/^recorded there$/m)
    expect(said).toMatch(/^InvalidEvent at \/data\//m)
  })

  it('records a file with annal-emit', async () => {
    const { source, language } = examples[4]!
    const said = await answerOf(language, source)
    expect(said).toContain('2 events checked, 0 refused; nothing was sent.')
    expect(said).toContain('2 events: 2 recorded (0 of them before), 0 refused.')
  })

  it('reads what was written', async () => {
    const { source, language } = examples[5]!
    await expect
      .poll(async () => JSON.parse(await answerOf(language, source)).data.events.count, { timeout: 30_000 })
      .toEqual({ value: 6, exact: true })
  })
})
