import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../../..')

it('is what the schema generates (npm run generate)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'annal-introspection-'))
  try {
    const fresh = join(folder, 'introspection.gen.ts')
    const words = ['generate-output', '--tsconfig', join(root, 'apps/web/tsconfig.json'), '--output', fresh]
    execFileSync(join(root, 'node_modules/.bin/gql.tada'), words, { cwd: join(root, 'apps/web'), stdio: 'pipe' })
    expect(readFileSync(join(import.meta.dirname, 'introspection.gen.ts'), 'utf8')).toBe(readFileSync(fresh, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
