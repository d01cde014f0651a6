// `npm start`: builds what changed, serves a sample folder of its own and records the story in samples/ through the public API, as a
// service would. Running it again changes nothing and starts at once.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build, nodeArguments, root, SAMPLE_MARK, serverEnvironment } from './build.mjs'

const BATCH = 50
const data = process.env.ANNAL_DATA ?? join(root, 'sample-data')
const keyFile = join(data, 'sample-service.key')
const environment = { ...serverEnvironment, ANNAL_DATA: data }
const program = (file) => [...nodeArguments, join(root, 'apps/api/dist', file)]

build()
mkdirSync(data, { recursive: true, mode: 0o700 })
writeFileSync(join(data, SAMPLE_MARK), 'This folder holds a sample organisation. `npm run serve` refuses it.\n')

const server = spawn(process.execPath, program('main.js'), { cwd: root, env: environment, stdio: ['inherit', 'pipe', 'inherit'] })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 1))

const lines = createInterface({ input: server.stdout })
let url = ''
lines.on('line', (line) => {
  url = /serves (http\S+)/.exec(line)?.[1] ?? url
  if (!line.includes('/sign-in#')) return console.log(line)
  const link = /(http\S+\/sign-in#\S+)/.exec(line)?.[1]
  record().then(
    () => console.log(`\nOpen the dashboard (the link works once, for 15 minutes):\n\n  ${link}\n`),
    (error) => {
      console.error(`The sample could not be recorded: ${error.message}`)
      server.kill('SIGTERM')
    },
  )
})

function annal(...args) {
  const done = spawnSync(process.execPath, [...program('commands/main.js'), ...args], { cwd: root, env: environment, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`annal ${args[0]} failed: ${done.stderr}`)
  return done.stdout.trim()
}

async function record() {
  const key = sampleKey()
  const workspace = await workspaceOf(key)
  const files = readdirSync(join(root, 'samples'))
    .filter((file) => file.endsWith('.json'))
    .sort()
  const events = files.flatMap((file) => JSON.parse(readFileSync(join(root, 'samples', file), 'utf8')))
  let recorded = 0
  for (let from = 0; from < events.length; from += BATCH) {
    recorded += await send(`${url}/w/${workspace}/api/v1/cloudevents`, key, events.slice(from, from + BATCH))
    progress(Math.min(from + BATCH, events.length), events.length)
  }
  console.log(
    `${process.stdout.isTTY ? '\r' : ''}${events.length} sample events through the public API: ${recorded} recorded now, ${events.length - recorded} recorded before.`,
  )
}

function sampleKey() {
  if (existsSync(keyFile)) return readFileSync(keyFile, 'utf8').trim()
  const workspace = annal('workspaces').split(/\s/, 1)[0]
  const key = annal('key', 'issue', '--workspace', workspace, '--role', 'service', '--name', 'sample services')
  writeFileSync(keyFile, `${key}\n`, { mode: 0o600 })
  return key
}

async function workspaceOf(key) {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: '{ viewer { workspace { id } } }' }),
  })
  const body = await answer.json()
  if (!body.data) throw new Error(`the key in ${keyFile} is not accepted: ${JSON.stringify(body.errors)}`)
  return body.data.viewer.workspace.id
}

async function send(address, key, events) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json', authorization: `Bearer ${key}` },
    body: JSON.stringify(events),
  })
  const body = await answer.json()
  const refused = body.outcomes?.find(({ status }) => status === 'refused')
  if (answer.status !== 200 || refused) throw new Error(`${answer.status}: ${JSON.stringify(refused ?? body)}`)
  return body.outcomes.filter(({ repeated }) => !repeated).length
}

function progress(done, all) {
  if (process.stdout.isTTY) process.stdout.write(`\rRecording the sample: ${done} of ${all} events`)
}
