import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseVerifierKey, type VerifierKey } from '@annal/proof'
import { type EventReader, type Position, type RecordedEvent, StoreCorrupt } from '../event-store.ts'
import type { KeyReader } from '../keys/key-store.ts'
import { ReferenceTokens } from '../seal/entry/reference-tokens.ts'
import { LogHeads, logsWithHeads } from '../seal/heads/head-store.ts'
import { readIntroducedKeys } from '../seal/keys/introduced-keys.ts'
import { formatLogName, parseLogName } from '../seal/log-name.ts'
import { EventChecks } from './check-events.ts'
import { CheckedLog, type LogFolders } from './checked-log.ts'
import { HeadsAtStart } from './heads-at-start.ts'
import { type Difference, Mismatch } from './mismatch.ts'

export interface FsckOptions {
  readonly events: EventReader
  /** For the index keys. */
  readonly keys: KeyReader
  readonly folders: LogFolders
  /** Verifier keys from elsewhere; absent: those that the record itself introduced. */
  readonly trusted?: readonly string[]
  /** Called now and then with the number of events that were checked. */
  readonly progress?: (events: number) => void
}

export type FsckOutcome =
  | {
      readonly status: 'matches'
      readonly events: number
      readonly logs: readonly { readonly name: string; readonly leaves: number; readonly heads: number; readonly unsealed: number }[]
    }
  | { readonly status: 'differs'; readonly events: number; readonly first: Difference }

const PAGE = 500
const STEP = 10_000
/** How long, in ms, a server is given to sign the first head of a log, and between two looks. */
const PATIENCE = 5_000
const BREATH = 100

/**
 * Reads everything, writes nothing: makes every entry, leaf, tile, tree and map again from the events and compares them with what was written
 * and signed. May run beside a server. Holds the token maps and about 200 bytes a stream.
 */
export async function runFsck(options: FsckOptions): Promise<FsckOutcome> {
  const checks = new EventChecks()
  try {
    const heads = new HeadsAtStart(options.folders.heads, options.folders.published)
    const logs = new LogChecks(options, heads, await keysOf(options))
    await eachEvent(options, async (event) => {
      checks.check(event)
      await logs.add(event)
      if (checks.checked % STEP === 0) options.progress?.(checks.checked)
    })
    return { status: 'matches', events: checks.checked, logs: await logs.end() }
  } catch (error) {
    return { status: 'differs', events: checks.checked, first: differenceOf(error) }
  }
}

/** Up to the newest when it begins: beside a busy server it would never end otherwise. */
async function eachEvent({ events }: FsckOptions, check: (event: RecordedEvent) => Promise<void>): Promise<void> {
  const newest = await events.head()
  for (let after: Position | null = null; after !== newest; ) {
    const page = await events.readAll({ after, limit: PAGE })
    for (const event of page) {
      await check(event)
      after = event.position
      if (after === newest) return
    }
    if (page.length === 0) return
  }
}

/** The store itself refuses to give out an event that contradicts its own bytes. */
function differenceOf(error: unknown): Difference {
  if (error instanceof Mismatch) return error.difference
  if (error instanceof StoreCorrupt) return { what: 'event', where: 'event store', expected: 'what Annal wrote', found: error.message }
  throw error
}

type KeysOf = (origin: string) => readonly VerifierKey[]

async function keysOf({ events, trusted }: FsckOptions): Promise<KeysOf> {
  if (trusted === undefined) {
    const introduced = await readIntroducedKeys(events)
    return (origin) => introduced.filter(({ key }) => key.name === origin).map(({ key }) => key)
  }
  const keys = trusted.map((text) => {
    const key = parseVerifierKey(text)
    if (key === null) throw new Error(`expected a verifier key, found ${text}`)
    return key
  })
  return (origin) => keys.filter(({ name }) => name === origin)
}

/** The log that each event goes into, as the sealer has them. */
class LogChecks {
  readonly #options: FsckOptions
  readonly #signed: HeadsAtStart
  readonly #keysOf: KeysOf
  readonly #current = new Map<string, { readonly generation: number; readonly log: CheckedLog }>()
  readonly #all: CheckedLog[] = []
  readonly #continued = new Set<CheckedLog>()

  constructor(options: FsckOptions, signed: HeadsAtStart, keys: KeysOf) {
    this.#options = options
    this.#signed = signed
    this.#keysOf = keys
  }

  async add(event: RecordedEvent): Promise<void> {
    const workspace = event.stream.slice(0, event.stream.indexOf('.'))
    const current = this.#current.get(workspace)
    if (current !== undefined && event.type !== 'LogContinued') return current.log.add(event)
    if (current !== undefined) this.#continued.add(current.log)
    await this.#open(workspace, (current?.generation ?? 0) + 1).add(event)
  }

  /** What a log that was continued had signed beyond its end is what `LogContinued` tells of. */
  async end() {
    for (const log of this.#all) if (!this.#continued.has(log)) await log.end()
    for (const log of this.#all) await requireHead(log, this.#options.folders.heads)
    const missing = [...this.#signed.names()].find((name) => !this.#all.some((log) => log.name === name))
    if (missing !== undefined)
      throw new Mismatch({ what: 'log', where: missing, expected: 'events, for heads of this log were signed', found: 'none' })
    return this.#all.map(({ name, leaves, heads, unsealed }) => ({ name, leaves, heads, unsealed }))
  }

  #open(workspace: string, generation: number): CheckedLog {
    const name = parseLogName(generation === 1 ? workspace : `${workspace}~${generation}`)
    if (name === null) throw new Mismatch({ what: 'event', where: workspace, expected: 'a workspace', found: 'another name' })
    const { keys, folders } = this.#options
    const tokens = new ReferenceTokens(() => keys.indexKey(workspace))
    const log = new CheckedLog({ log: name, tokens, folders, signed: this.#signed.of(formatLogName(name)), keysOf: this.#keysOf })
    this.#current.set(workspace, { generation, log })
    this.#all.push(log)
    return log
  }
}

/** Under no head nothing of a log was compared. A server signs one within a second of the first event. @throws Mismatch */
async function requireHead({ name, leaves, unsealed }: CheckedLog, heads: string): Promise<void> {
  if (leaves > 0) return
  for (const began = performance.now(); performance.now() - began < PATIENCE; await wait(BREATH))
    if (logsWithHeads(heads).includes(name) && new LogHeads(join(heads, name)).end().newest !== null) return
  throw new Mismatch({
    what: 'log',
    where: name,
    expected: `a signed head over ${unsealed} events`,
    found: 'none: the heads were removed, or no server has sealed these events yet',
  })
}
