// `npm run serve`: builds what changed and serves. Adds no data of its own and refuses a sample folder.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, nodeArguments, root, SAMPLE_MARK, serverEnvironment } from './build.mjs'

const data = process.env.ANNAL_DATA ?? join(root, 'data')
if (existsSync(join(data, SAMPLE_MARK))) {
  console.error(`${data} holds a sample organisation; name another folder in ANNAL_DATA.`)
  process.exit(1)
}

build()
const server = spawn(process.execPath, [...nodeArguments, join(root, 'apps/api/dist/server/main.js')], {
  cwd: root,
  env: serverEnvironment,
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
