// Installs the locked dependencies, but only when the lockfile changed since the last time.
// Runs on any Node ≥ 20: it is what brings the pinned Node 24 (`node_modules/.bin/node`) into the house.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'node_modules', '.annal-lockfile-sha256')

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Annal needs Node 20 or newer to install itself; this is ${process.version}.`)
  process.exit(1)
}

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')
const present = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''

if (present !== wanted) {
  console.log('Installing the locked dependencies (npm ci) …')
  const npm = process.env.npm_execpath
  const [command, args] = npm ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']]
  const done = spawnSync(command, [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) {
    console.error('npm ci failed; see above. Nothing else was done.')
    process.exit(done.status ?? 1)
  }
  writeFileSync(stamp, wanted)
}
