import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** The file that marks a data folder as a sample: it never serves for real. */
export const SAMPLE_MARK = 'SAMPLE'

/**
 * How the server's process is started: small heaps for young objects and few allocation arenas, because every thread has its own; without
 * them the same load takes 100 MiB more. Pages of events go back to the system when they are done with, which spares another 15 MiB.
 */
export const nodeArguments = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8']
export const serverEnvironment = {
  ...process.env,
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
}

/** The environment of every child: without a cloud, without a daemon, without colour codes where nobody looks. */
export const environment = { ...process.env, NX_NO_CLOUD: 'true', NX_DAEMON: 'false', NX_TUI: 'false' }

/** Runs a tool of the house; resolves its exit code. Output goes where ours goes unless `quiet`, then it is shown only on failure. */
export function run(command, args, { quiet = false } = {}) {
  const done = spawnSync(join(root, 'node_modules/.bin', command), args, {
    cwd: root,
    env: environment,
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (quiet && done.status !== 0) process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`)
  return done.status ?? 1
}

const stamp = join(root, 'node_modules', '.annal-built')

/** `buildWhatChanged`, and the end of the process when it fails. */
export function build() {
  if (buildWhatChanged() === 0) return
  console.error('The build failed; see above.')
  process.exit(1)
}

/**
 * Builds what changed since the last build; gives the exit code. When nothing changed it asks for the files' times alone and touches nothing,
 * so that what runs from the last build goes on undisturbed.
 */
export function buildWhatChanged() {
  const sources = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources && isBuilt()) return 0
  const status = run('nx', ['run-many', '-t', 'build', '--outputStyle=static'], { quiet: true })
  if (status === 0) writeFileSync(stamp, sources)
  return status
}

function isBuilt() {
  return existsSync(join(root, 'apps/api/dist/server/main.js')) && existsSync(join(root, 'apps/web/dist/index.html'))
}

/** Names, sizes and times of everything that a build reads. */
function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const folder of ['libs', 'apps']) {
    for (const file of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = join(file.parentPath, file.name)
      if (!file.isFile() || /[/\\](dist|node_modules)[/\\]|\.tsbuildinfo$/.test(path)) continue
      const { mtimeMs, size } = statSync(path)
      hash.update(`${path}\0${mtimeMs}\0${size}\n`)
    }
  }
  return hash.digest('hex')
}
