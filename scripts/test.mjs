// `npm test`: everything that must hold. Ends with the line `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment, root, run } from './build.mjs'

const checks = [
  ['build', () => run('nx', ['run-many', '-t', 'build', '--outputStyle=static'], { quiet: true })],
  ['types of tests and benchmarks', () => run('tsc', ['-p', 'tsconfig.tests.json'])],
  [
    'documents match the schema (gql.tada)',
    () => run('gql.tada', ['check', '-c', 'apps/web/tsconfig.json', '--fail-on-warn'], { quiet: true }),
  ],
  ['format and lint (biome)', () => run('biome', ['check', '.', '--diagnostic-level=error'])],
  ['nothing unused (knip)', () => run('knip', ['--no-progress'])],
]

let passed = 0
let failed = 0
for (const [name, check] of checks) {
  const started = performance.now()
  const ok = check() === 0
  ok ? passed++ : failed++
  console.log(`${ok ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
}

const folder = mkdtempSync(join(tmpdir(), 'annal-test-'))
const report = join(folder, 'report.json')
const vitest = spawnSync(
  join(root, 'node_modules/.bin/vitest'),
  ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { cwd: root, env: { ...environment, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' }, stdio: 'inherit' },
)
try {
  const result = JSON.parse(readFileSync(report, 'utf8'))
  passed += result.numPassedTests
  failed +=
    result.numFailedTests + result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
} catch (error) {
  failed++
  console.error(`The test run left no report: ${error.message}`)
}
if (vitest.status !== 0 && failed === 0) failed++
rmSync(folder, { recursive: true, force: true })

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
