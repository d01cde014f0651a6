// `npm start`: builds what changed, serves a sample organisation from a folder of its own and records its story (samples/) through the
// public API, as its services and people would. Running it again changes nothing and starts at once.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build, nodeArguments, root, SAMPLE_MARK, serverEnvironment } from './build.mjs'

build()
const { play, sampleNotes, storyStart } = await import('../samples/player/play.ts')
const { AdminLine } = await import('../samples/player/admin-line.ts')

const data = process.env.ANNAL_DATA ?? join(root, 'sample-data')
const notes = prepareFolder()
const main = [...nodeArguments, join(root, 'apps/api/dist/server/main.js'), '--sample-from', storyStart(notes)]
const server = spawn(process.execPath, main, {
  cwd: root,
  env: { ...serverEnvironment, ANNAL_DATA: data },
  stdio: ['inherit', 'pipe', 'inherit'],
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 1))

let url = ''
createInterface({ input: server.stdout }).on('line', (line) => {
  url = /serves (http\S+)/.exec(line)?.[1] ?? url
  if (!line.includes('/sign-in#')) return console.log(line)
  present().catch((error) => {
    console.error(`\nThe sample could not be recorded: ${error.message}`)
    server.kill('SIGTERM')
  })
})

function prepareFolder() {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  try {
    const known = sampleNotes(data, Date.now())
    writeFileSync(join(data, SAMPLE_MARK), 'This folder holds a sample organisation. `npm run serve` refuses it.\n')
    return known
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}

async function present() {
  const { events, recorded } = await play({ data, url, onProgress: progress })
  const said = `Sample organisation, simulated clock: ${events} events of 18 months, ${recorded} recorded now, ${events - recorded} recorded before.`
  console.log(`${process.stdout.isTTY ? '\r' : ''}${said}`)
  const admin = await AdminLine.open(join(data, 'annal.sock'))
  const link = await admin.ask({ command: 'sign-in-link' })
  admin.close()
  console.log(`\nOpen the dashboard (the link works once, for 15 minutes):\n\n  ${link}\n`)
}

let shown = 0

/** In a terminal one line that changes, elsewhere a line for each fifth. */
function progress(done, all) {
  if (process.stdout.isTTY) process.stdout.write(`\rRecording the sample: ${done} of ${all} events`)
  else if (done * 5 >= (shown + 1) * all) console.log(`Recording the sample: ${done} of ${all} events`)
  shown = Math.floor((done * 5) / all)
}
