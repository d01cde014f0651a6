// `npm test`: everything that must hold. Ends with the line `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWhatChanged, environment, root, run } from './build.mjs'

const checks = [
  ['build', buildWhatChanged],
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
/** Hundreds of threads load the same modules. */
const compiled = join(root, 'node_modules/.cache/annal-compiled')
const vitest = spawnSync(
  join(root, 'node_modules/.bin/vitest'),
  ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)],
  {
    cwd: root,
    env: { ...environment, NODE_OPTIONS: '--disable-warning=ExperimentalWarning', NODE_COMPILE_CACHE: compiled },
    stdio: 'inherit',
  },
)
try {
  const result = JSON.parse(readFileSync(report, 'utf8'))
  passed += result.numPassedTests
  failed +=
    result.numFailedTests + result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  const slowest = result.testResults.map(({ name, startTime, endTime }) => [endTime - startTime, name]).sort(([a], [b]) => b - a)
  console.log('The slowest files:')
  for (const [took, name] of slowest.slice(0, 12)) console.log(`${(took / 1000).toFixed(0).padStart(5)} s  ${name.slice(root.length + 1)}`)
} catch (error) {
  failed++
  console.error(`The test run left no report: ${error.message}`)
}
if (vitest.status !== 0 && failed === 0) failed++
rmSync(folder, { recursive: true, force: true })

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
