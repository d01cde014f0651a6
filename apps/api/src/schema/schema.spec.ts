import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema, findBreakingChanges } from 'graphql'
import { describe, expect, test } from 'vitest'
import { printWholeSchema, schemaFile } from './print-whole-schema.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** The SDL that was committed before the present one, or null in a history that has none. */
function before(present: string): string | null {
  const commits = git('log', '-2', '--format=%H', '--', 'apps/api/schema.graphql').trim().split('\n')
  const versions = commits.filter((commit) => commit !== '').map((commit) => git('show', `${commit}:apps/api/schema.graphql`))
  return versions.find((version) => version !== present) ?? null
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Breaking changes that a decision record allows, each on a line `Breaks the API: <change as printed by this test>`. */
function allowed(): string[] {
  const folder = `${root}docs/adr/`
  const texts = readdirSync(folder).map((file) => readFileSync(`${folder}${file}`, 'utf8'))
  return texts.flatMap((text) => [...text.matchAll(/^Breaks the API: (.+)$/gm)].map(([, change]) => change ?? ''))
}

describe('apps/api/schema.graphql', () => {
  test('is what the sources print: run `npm run generate` when this fails', () => {
    expect(readFileSync(schemaFile, 'utf8')).toBe(printWholeSchema())
  })

  test('breaks nothing that was committed before, unless a decision record allows it', () => {
    const present = printWholeSchema()
    const older = before(present)
    if (older === null) return console.warn('There is no older schema to compare with.')
    const breaking = findBreakingChanges(buildSchema(older), buildSchema(present)).map(({ description }) => description)
    expect(breaking.filter((change) => !allowed().includes(change))).toEqual([])
  })
})
