import { parseEventBytes, parseStream } from '@annal/proof'
import { type Position, type RecordedEvent, StoreCorrupt } from '../event-store.ts'
import type { ReferenceTokens } from './entry/reference-tokens.ts'
import { GrowingLog } from './growing-log.ts'
import type { KnownHead } from './heads/known-head.ts'
import { formatLogName, originOf } from './log-name.ts'
import type { SealedLog } from './sealed-log.ts'

/** Concerns the installation and no workspace. */
export const SYSTEM = 'system'
/** Where the keys that sign tree heads are introduced. */
export const KEYS_STREAM = `${SYSTEM}.ledger-keys`
const SYSTEM_ORIGIN = /\/log\/v1\/system$/

export interface LogBookOptions {
  /** The logs that are known already, the newest of each workspace last. */
  readonly logs: readonly SealedLog[]
  readonly position: Position | null
  readonly tokensOf: (workspace: string) => ReferenceTokens
  readonly sealedLog: (growing: GrowingLog) => SealedLog
}

/** All logs, and which event goes into which: a pure function of the events in their order. */
export class LogBook {
  readonly #options: LogBookOptions
  readonly #all = new Map<string, SealedLog>()
  readonly #current = new Map<string, SealedLog>()
  position: Position | null

  constructor(options: LogBookOptions) {
    this.#options = options
    this.position = options.position
    for (const log of options.logs) this.#enter(log)
  }

  all(): readonly SealedLog[] {
    return [...this.#all.values()]
  }

  /** The log that the workspace's events go into. */
  current(workspace: string): SealedLog | null {
    return this.#current.get(workspace) ?? null
  }

  named(name: string): SealedLog | null {
    return this.#all.get(name) ?? null
  }

  /** Nothing of the workspace is sealed any more until its log is continued. */
  closeWorkspace(workspace: string, head: KnownHead, reason: string): void {
    this.#logOf(workspace).close(head, reason)
  }

  add(event: RecordedEvent): void {
    const workspace = event.stream.slice(0, event.stream.indexOf('.'))
    const log = event.type === 'LogContinued' ? this.#continued(workspace, event) : this.#logOf(workspace)
    if (workspace === SYSTEM) this.#noteOrigin(event)
    log.add(event)
    this.position = event.position
  }

  #logOf(workspace: string): SealedLog {
    const known = this.current(workspace)
    if (known !== null) return known
    const growing = GrowingLog.empty({ workspace, generation: 1 }, null, this.#options.tokensOf(workspace))
    return this.#enter(this.#options.sealedLog(growing))
  }

  /** The event is the first entry of the log under the new origin. */
  #continued(workspace: string, event: RecordedEvent): SealedLog {
    this.current(workspace)?.end()
    const origin = textOf(event, 'newOrigin')
    const generation = Number(/~([0-9]+)(?:\/simulated)?$/.exec(origin)?.[1] ?? Number.NaN)
    const log = { workspace, generation }
    if (!Number.isSafeInteger(generation) || this.#all.has(formatLogName(log)))
      throw new StoreCorrupt(`${event.stream}@${event.streamVersion}: expected a new origin, found ${origin}`)
    return this.#enter(this.#options.sealedLog(GrowingLog.empty(log, origin, this.#options.tokensOf(workspace))))
  }

  /** The record alone says what a log is called. */
  #noteOrigin(event: RecordedEvent): void {
    if (event.type === 'WorkspaceOpened') this.#noteWorkspace(event)
    if (event.type !== 'SigningKeyIntroduced') return
    const { growing } = this.#logOf(SYSTEM)
    const name = textOf(event, 'keyName')
    if (SYSTEM_ORIGIN.test(name)) growing.origin ??= name
  }

  #noteWorkspace(event: RecordedEvent): void {
    const { data } = envelopeOf(event)
    const { workspace, logOrigin, simulatedClock } = data
    if (typeof workspace !== 'string' || workspace === SYSTEM) return
    const { growing } = this.#logOf(workspace)
    const origin = typeof logOrigin === 'string' ? logOrigin : this.#originLikeSystem(workspace)
    if (origin !== null) growing.origin ??= originOf(origin, simulatedClock === true)
  }

  #originLikeSystem(workspace: string): string | null {
    return this.#logOf(SYSTEM).growing.origin?.replace(/system$/, workspace) ?? null
  }

  #enter(log: SealedLog): SealedLog {
    this.#all.set(log.growing.name, log)
    this.#current.set(log.growing.log.workspace, log)
    return log
  }
}

function textOf(event: RecordedEvent, field: string): string {
  const value = envelopeOf(event).data[field]
  if (typeof value !== 'string') throw new StoreCorrupt(`${event.stream}@${event.streamVersion}: expected the text ${field}, found none`)
  return value
}

function envelopeOf({ stream, streamVersion, bytes }: RecordedEvent) {
  const parsed = parseEventBytes(bytes)
  if (parsed.status === 'refused' || parseStream(stream) === null)
    throw new StoreCorrupt(`${stream}@${streamVersion}: expected an event, found another`)
  return parsed.envelope
}
