import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Witness } from '@annal/ledger'
import { normaliseInstant } from '@annal/proof'
import type { MailSettings } from '../mail/mailer.ts'
import { readMail } from './read-mail.ts'
import { readWitnesses } from './read-witnesses.ts'

export interface ServerConfig {
  readonly port: number
  readonly host: string
  /** The origin that people and witnesses know the server by, or null: the address it listens on. */
  readonly publicUrl: string | null
  readonly data: string
  readonly eventStore: EventStoreChoice
  /** Null: links are shown to administrators instead of sent. */
  readonly mail: MailSettings | null
  /** Outside the data folder in production, so that a copy of the folder opens nothing. */
  readonly masterKeyFile: string
  /** The keys that sign tree heads. */
  readonly signingKeyFile: string
  /** Where each signed head is written too, outside the data folder; or null. */
  readonly publishFolder: string | null
  /** Who is asked to cosign tree heads. */
  readonly witnesses: readonly Witness[]
  /** Where timestamps of tree heads are asked for (RFC 3161), or null. */
  readonly timestampUrl: string | null
  /** False only where a benchmark measures what sealing costs. */
  readonly seals: boolean
  /** Only for a sample organisation: where its clock begins in an empty folder. Null: a folder whose clock is simulated isn't served. */
  readonly sampleFrom: string | null
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
  'ANNAL_SIGNING_KEY_FILE',
  'ANNAL_PUBLISH_DIR',
  'ANNAL_WITNESSES',
  'ANNAL_TSA',
  'ANNAL_SMTP_URL',
  'ANNAL_MAIL_FROM',
]
/** Names of the outer contract that this version can't honour yet: a setting that does nothing would be a lie. */
const LATER = /^ANNAL_(OIDC_.*)$/

/** Strict: a name that means nothing or a value that can't be used refuses the start with one sentence. `ANNAL_TEST_*` belongs to tests. */
export function readConfig(environment: Environment, args: readonly string[] = []): ConfigOutcome {
  const unknown = unknownName(environment)
  if (unknown !== null) return { status: 'refused', sentence: unknown }
  const data = resolve(environment.ANNAL_DATA ?? 'data')
  const read = all({
    sampleFrom: parseSampleFrom(args),
    data: parseFolder('ANNAL_DATA', data),
    publishFolder: parsePublishFolder(environment.ANNAL_PUBLISH_DIR),
    host: parseHost(environment.ANNAL_HOST ?? '127.0.0.1'),
    port: parsePort(environment.ANNAL_PORT ?? '4000'),
    publicUrl: parsePublicUrl(environment.ANNAL_PUBLIC_URL),
    eventStore: parseEventStore(environment.ANNAL_EVENT_STORE ?? 'sqlite'),
    mail: readMail(environment.ANNAL_SMTP_URL, environment.ANNAL_MAIL_FROM),
    readModel: parseReadModel(environment.ANNAL_READ_MODEL ?? 'sqlite'),
    witnesses: readWitnesses(environment.ANNAL_WITNESSES),
    timestampUrl: parseTimestampUrl(environment.ANNAL_TSA),
  })
  if ('problem' in read) return { status: 'refused', sentence: read.problem }
  const { readModel: _only, ...values } = read.value
  return {
    status: 'ready',
    config: {
      ...values,
      seals: environment.ANNAL_TEST_SEALER !== 'off',
      ...places(environment, data),
    },
  }
}

type Values<Settings> = { readonly [Name in keyof Settings]: Settings[Name] extends Parsed<infer Value> ? Value : never }

/** The values of all settings, or the first problem. */
function all<Settings extends Readonly<Record<string, Parsed<unknown>>>>(settings: Settings): Parsed<Values<Settings>> {
  const values: Record<string, unknown> = {}
  for (const [name, parsed] of Object.entries(settings)) {
    if ('problem' in parsed) return parsed
    values[name] = parsed.value
  }
  return { value: values as Values<Settings> }
}

function places(environment: Environment, data: string): Pick<ServerConfig, 'masterKeyFile' | 'signingKeyFile'> {
  return {
    masterKeyFile: resolve(environment.ANNAL_MASTER_KEY_FILE ?? `${data}/master.key`),
    signingKeyFile: resolve(environment.ANNAL_SIGNING_KEY_FILE ?? `${data}/signing.key`),
  }
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

/** `npm start` says `--sample-from <instant>`; there is no setting for it, so that no real server becomes a sample by its environment. */
function parseSampleFrom([option, text = '', ...more]: readonly string[]): Parsed<string | null> {
  if (option === undefined) return { value: null }
  const instant = normaliseInstant(text)
  if (option !== '--sample-from' || more.length > 0 || instant.status === 'refused')
    return { problem: 'The server takes its settings from the environment, and no arguments but --sample-from and an instant.' }
  return { value: instant.instant }
}

/** A folder, or a place where one can be made. */
function parseFolder(name: string, path: string): Parsed<string> {
  let there = path
  while (statSync(there, { throwIfNoEntry: false }) === undefined && dirname(there) !== there) there = dirname(there)
  if (statSync(there, { throwIfNoEntry: false })?.isDirectory() === true) return { value: path }
  return { problem: `${name} must be a folder, but ${there} is none.` }
}

function parsePublishFolder(path: string | undefined): Parsed<string | null> {
  return path === undefined ? { value: null } : parseFolder('ANNAL_PUBLISH_DIR', resolve(path))
}

function parseHost(text: string): Parsed<string> {
  if (/^[0-9A-Za-z.:_%-]+$/.test(text)) return { value: text }
  return { problem: `ANNAL_HOST must be a name or an address of this machine such as 0.0.0.0, not "${text}".` }
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

function parseTimestampUrl(text: string | undefined): Parsed<string | null> {
  if (text === undefined) return { value: null }
  const url = URL.parse(text)
  if (url !== null && /^https?:$/.test(url.protocol)) return { value: url.href }
  return { problem: `ANNAL_TSA must be the address of a timestamp authority such as https://tsa.example.org/tsr, not "${text}".` }
}

function parseEventStore(text: string): Parsed<EventStoreChoice> {
  if (text === 'sqlite') return { value: { kind: 'sqlite' } }
  if (/^(esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\/[^/\s]+/.test(text)) return { value: { kind: 'esdb', connectionString: text } }
  return { problem: 'ANNAL_EVENT_STORE must be "sqlite" or a connection string that begins with esdb://.' }
}

function parseReadModel(text: string): Parsed<'sqlite'> {
  if (text === 'sqlite') return { value: 'sqlite' }
  return { problem: `ANNAL_READ_MODEL must be "sqlite"; this version has no other read model, and "${text.split(':')[0]}" is none.` }
}
