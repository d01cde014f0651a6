// `npm run serve`: builds what changed and serves. Adds no data of its own.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build, root } from './build.mjs'

build()
const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'apps/api/dist/main.js')], { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
