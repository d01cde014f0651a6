// `npm run annal -- <command>`: the operator's commands, against the running server's folder or an idle one.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build, root } from './build.mjs'

build()
const done = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', join(root, 'apps/api/dist/commands/main.js'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
)
process.exit(done.status ?? 1)
