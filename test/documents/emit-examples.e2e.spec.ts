import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AnnalProcess } from '../kit/annal-process.ts'

const run = promisify(execFile)
const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/emit.md'), 'utf8')
const examples = [...page.matchAll(/^```(sh|python)\n([\s\S]*?)^```$/gm)].map(([, language, source]) => ({
  language: language ?? '',
  source: source ?? '',
}))

describe('docs/emit.md', () => {
  let annal: AnnalProcess
  let environment: NodeJS.ProcessEnv

  beforeAll(async () => {
    annal = await AnnalProcess.start()
    environment = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LEDGER: annal.url,
      WORKSPACE: await annal.workspace(),
      KEY: await annal.key('service'),
      AUDITOR_KEY: await annal.key('auditor'),
    }
  })
  afterAll(() => annal.stop())

  const answerOf = async (language: string, source: string) => {
    const [command, flag] = language === 'sh' ? ['bash', '-c'] : ['python3', '-c']
    const { stdout } = await run(command, [flag, source], { env: environment })
    return stdout
  }

  it('has examples of each way in', () => {
    expect(examples.map(({ language }) => language)).toEqual(['sh', 'sh', 'python', 'sh'])
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

  it('reads what was written', async () => {
    const { source, language } = examples[3]!
    await expect
      .poll(async () => JSON.parse(await answerOf(language, source)).data.events.count, { timeout: 10_000 })
      .toEqual({ value: 3, exact: true })
  })
})
