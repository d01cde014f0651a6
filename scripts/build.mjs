import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** The file that marks a data folder as a sample: it never serves for real. */
export const SAMPLE_MARK = 'SAMPLE'

/**
 * How the server's process is started: small heaps for young objects and few allocation arenas, because every thread has its own; without
 * them the same load takes 100 MiB more.
 */
export const nodeArguments = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8']
export const serverEnvironment = { ...process.env, MALLOC_ARENA_MAX: '2' }

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

/** Builds what changed since the last build; ends the process when that fails. */
export function build() {
  if (run('nx', ['run-many', '-t', 'build', '--outputStyle=static'], { quiet: true }) !== 0) {
    console.error('The build failed; see above.')
    process.exit(1)
  }
}
