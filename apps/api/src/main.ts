import './serve/production.ts'
import { readConfig } from './serve/config.ts'
import { startServer } from './serve/start-server.ts'

/** How long, in ms, requests under way may take to end after SIGTERM. */
const GRACE = 4_500

process.umask(0o077)

async function serve(): Promise<void> {
  const outcome = readConfig(process.env, process.argv.slice(2))
  if (outcome.status === 'refused') return refuse(outcome.sentence)
  const server = await startServer(outcome.config)
  console.log(`Annal serves ${server.url}`)
  console.log(`Sign in within 15 minutes, once: ${server.signInLink()}`)
  const stop = () => {
    setTimeout(() => process.exit(1), GRACE).unref()
    server.close().then(
      () => process.exit(0),
      (error: unknown) => refuse(String(error)),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

function refuse(sentence: string): void {
  console.error(sentence)
  process.exit(1)
}

serve().catch((error: unknown) => refuse(error instanceof Error ? error.message : String(error)))
