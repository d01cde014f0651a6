// `npm test`: everything that must hold. Ends with the line `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
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
/** Hundreds of threads load the same modules. */
const NODE_COMPILE_CACHE = join(root, 'node_modules/.cache/annal-compiled')
const { ANNAL_TEST_ESDB, ...withoutServer } = { ...environment, NODE_OPTIONS: '--disable-warning=ExperimentalWarning', NODE_COMPILE_CACHE }

function vitest(name, args, env) {
  const report = join(folder, `${name}.json`)
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/vitest'),
    ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`, ...args],
    { cwd: root, env, stdio: 'inherit' },
  )
  const failedBefore = failed
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'))
    passed += result.numPassedTests
    failed +=
      result.numFailedTests + result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
    const slowest = result.testResults.map((file) => [file.endTime - file.startTime, file.name]).sort(([a], [b]) => b - a)
    console.log('The slowest files:')
    for (const [took, file] of slowest.slice(0, 12))
      console.log(`${(took / 1000).toFixed(0).padStart(5)} s  ${file.slice(root.length + 1)}`)
  } catch (error) {
    failed++
    console.error(`The test run left no report: ${error.message}`)
  }
  if (status !== 0 && failed === failedBefore) failed++
}

/** Those that run on a server too, one after the other: all of them record in the one that there is. */
function specsOfServer() {
  const files = ['test', 'libs/ledger/src/esdb'].flatMap((from) =>
    readdirSync(join(root, from), { recursive: true }).map((file) => join(from, file)),
  )
  return files.filter((file) => file.endsWith('.spec.ts') && /\beventStores\b|ANNAL_TEST_ESDB/.test(readFileSync(join(root, file), 'utf8')))
}

const asked = process.argv.slice(2)
vitest('all', asked, withoutServer)
if (ANNAL_TEST_ESDB !== undefined) {
  console.log('What runs on the EventStoreDB of ANNAL_TEST_ESDB:')
  const args = ['--no-file-parallelism', '-t', 'ANNAL_TEST_ESDB', ...specsOfServer()]
  vitest('on-server', args, { ...withoutServer, ANNAL_TEST_ESDB })
}
rmSync(folder, { recursive: true, force: true })

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
