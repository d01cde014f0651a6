import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const verifier = resolve(import.meta.dirname, '../../../apps/verify/dist/verify.mjs')
const HOLDS = 0
const CONSISTENT = 3

/** The key that a pack itself names: a benchmark takes it on trust. */
export function verifierKeyOf(pack: string): string {
  const { status, stdout } = run([pack, '--json'])
  const [key] = (JSON.parse(stdout) as { facts: { keys: readonly string[] } | null }).facts?.keys ?? []
  if (status !== CONSISTENT || key === undefined)
    throw new Error(`expected a consistent pack that names its key, found exit code ${status}`)
  return key
}

/** How many seconds the built verifier takes in a process of its own, its start included. @throws unless the pack holds. */
export function verifiedIn(pack: string, key: string): number {
  const started = performance.now()
  const { status, stdout } = run([pack, '--key', key])
  if (status !== HOLDS) throw new Error(`expected the pack to hold, found exit code ${status}: ${stdout.slice(0, 1_000)}`)
  return (performance.now() - started) / 1_000
}

function run(args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  return spawnSync(process.execPath, [verifier, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 })
}
