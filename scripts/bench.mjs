// `npm run bench`: builds what changed, then measures every hot path beside its yardstick. `-- --quick --json` for a short run, one object a line.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build, environment, root } from './build.mjs'

build()
const done = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', join(root, 'bench/src/main.ts'), ...process.argv.slice(2)],
  { cwd: root, env: environment, stdio: 'inherit' },
)
process.exit(done.status ?? 1)
