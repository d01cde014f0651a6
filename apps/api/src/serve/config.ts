import { resolve } from 'node:path'

export interface ServerConfig {
  readonly port: number
  readonly host: string
  /** The origin that people and witnesses know the server by, or null: the address it listens on. */
  readonly publicUrl: string | null
  readonly data: string
  readonly eventStore: EventStoreChoice
  /** Outside the data folder in production, so that a copy of the folder opens nothing. */
  readonly masterKeyFile: string
}

export type EventStoreChoice = { readonly kind: 'sqlite' } | { readonly kind: 'esdb'; readonly connectionString: string }

export type ConfigOutcome =
  | { readonly status: 'ready'; readonly config: ServerConfig }
  | { readonly status: 'refused'; readonly sentence: string }

type Environment = Readonly<Record<string, string | undefined>>
type Parsed<Value> = { readonly value: Value } | { readonly problem: string }

const KNOWN = [
  'ANNAL_PORT',
  'ANNAL_HOST',
  'ANNAL_PUBLIC_URL',
  'ANNAL_DATA',
  'ANNAL_EVENT_STORE',
  'ANNAL_READ_MODEL',
  'ANNAL_MASTER_KEY_FILE',
]
/** Names of the outer contract that this version can't honour yet: a setting that does nothing would be a lie. */
const LATER = /^ANNAL_(SIGNING_KEY_FILE|WITNESSES|TSA|PUBLISH_DIR|OIDC_.*)$/

/** Strict: a name that means nothing or a value that can't be used refuses the start with one sentence. `ANNAL_TEST_*` belongs to tests. */
export function readConfig(environment: Environment): ConfigOutcome {
  const unknown = unknownName(environment)
  if (unknown !== null) return { status: 'refused', sentence: unknown }
  const port = parsePort(environment.ANNAL_PORT ?? '4000')
  const publicUrl = parsePublicUrl(environment.ANNAL_PUBLIC_URL)
  const eventStore = parseEventStore(environment.ANNAL_EVENT_STORE ?? 'sqlite')
  const readModel = parseReadModel(environment.ANNAL_READ_MODEL ?? 'sqlite')
  if ('problem' in port) return refused(port)
  if ('problem' in publicUrl) return refused(publicUrl)
  if ('problem' in eventStore) return refused(eventStore)
  if ('problem' in readModel) return refused(readModel)
  const data = resolve(environment.ANNAL_DATA ?? 'data')
  return {
    status: 'ready',
    config: {
      port: port.value,
      host: environment.ANNAL_HOST ?? '127.0.0.1',
      publicUrl: publicUrl.value,
      data,
      eventStore: eventStore.value,
      masterKeyFile: resolve(environment.ANNAL_MASTER_KEY_FILE ?? `${data}/master.key`),
    },
  }
}

function refused({ problem }: { readonly problem: string }): ConfigOutcome {
  return { status: 'refused', sentence: problem }
}

function unknownName(environment: Environment): string | null {
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith('ANNAL_') || name.startsWith('ANNAL_TEST_')) continue
    if (LATER.test(name)) return `${name} is set, but this version of Annal does not support it yet; unset it.`
    if (!KNOWN.includes(name)) return `${name} is not a setting of Annal; the settings are ${KNOWN.join(', ')}.`
    if (value === '') return `${name} is empty; give it a value or unset it.`
  }
  return null
}

function parsePort(text: string): Parsed<number> {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return { value: port }
  return { problem: `ANNAL_PORT must be a number from 0 to 65535, not "${text}".` }
}

function parsePublicUrl(text: string | undefined): Parsed<string | null> {
  if (text === undefined) return { value: null }
  const url = URL.parse(text)
  if (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== ''
  )
    return { problem: `ANNAL_PUBLIC_URL must be an origin such as https://annal.example.org, not "${text}".` }
  return { value: url.origin }
}

function parseEventStore(text: string): Parsed<EventStoreChoice> {
  if (text === 'sqlite') return { value: { kind: 'sqlite' } }
  if (/^(esdb|kurrentdb)(\+discover)?:\/\/[^/\s]+/.test(text)) return { value: { kind: 'esdb', connectionString: text } }
  return { problem: 'ANNAL_EVENT_STORE must be "sqlite" or a connection string that begins with esdb://.' }
}

function parseReadModel(text: string): Parsed<'sqlite'> {
  if (text === 'sqlite') return { value: 'sqlite' }
  return { problem: `ANNAL_READ_MODEL must be "sqlite"; this version has no other read model, and "${text.split(':')[0]}" is none.` }
}
