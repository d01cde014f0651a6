import { setTimeout as wait } from 'node:timers/promises'
import { formatVerifierKey, type NoteSigner, type TokenTally, verifierKey } from '@annal/proof'
import type { EventReader, RecordedEvent } from '../event-store.ts'
import type { KeyReader } from '../keys/key-store.ts'
import { ReferenceTokens } from './entry/reference-tokens.ts'
import type { PublishFolder } from './heads/publish-folder.ts'
import { type Checkpoint, ENDED, type LogCheckpoint, SealIndex } from './index/seal-index.ts'
import { signEd25519 } from './keys/ed25519.ts'
import { readIntroducedKeys } from './keys/introduced-keys.ts'
import { type SigningKey, signsAt } from './keys/signing-key-file.ts'
import type { LogBook } from './log-book.ts'
import { NotAnExtension, type SealedLog, type SealFolders, type SealStep, type SealSurroundings } from './sealed-log.ts'
import { findKnownHeads } from './start/known-heads.ts'
import { openLogBook } from './start/open-log-book.ts'
import type { Leaves } from './tiles/leaves.ts'

export interface SealerOptions {
  readonly events: EventReader
  readonly keys: KeyReader
  readonly folders: SealFolders
  /** `log.db` */
  readonly index: string
  /** The newest first. */
  readonly signingKeys: readonly SigningKey[]
  readonly publish: PublishFolder | null
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Makes the index key of a workspace, durable. */
  readonly makeIndexKey: (workspace: string) => Promise<void>
  /** Records in the system's log that these keys sign now; resolves when that is durable. They sign nothing before. */
  readonly introduceKeys: (origin: string, verifierKeys: readonly string[]) => Promise<void>
  /** Called whenever a log's standing or its shown head changes. */
  readonly onChange: (log: SealedLog) => void
  /** Called for each shown head with what is newly under it. */
  readonly onSealed?: (leaves: Leaves) => void
  /** Called between the steps of sealing; a test may throw here, as a crash would. */
  readonly onStep?: (step: SealStep | 'checkpoint') => void
  /** How long, in ms, leaves are gathered for a head. */
  readonly interval?: number
}

const INTERVAL = 400
const BATCH = 250
/** Behind so many events more are expected to come; they are read together, so many ms later. */
const IN_NUMBERS = 16
const READ_EVERY = 50
/** Leaves in memory: beyond, reading waits for the files. */
const MOST_UNWRITTEN = 10_000
/** Events that a restart reads again at most, and after how long, in ms, there are none of them. */
const CHECKPOINT_EVERY = 20_000
const CHECKPOINT_AFTER = 10_000
const AT_ONCE = 8

/**
 * Follows the record in its global order, grows the logs and signs their heads, each at most a second after its events. Whatever ends it
 * (a crash between any two steps), the next start goes on with the same trees.
 */
export class Sealer {
  readonly book: LogBook
  readonly #options: SealerOptions
  readonly #index: SealIndex
  readonly #around: SealSurroundings
  readonly #prepare: (events: readonly RecordedEvent[]) => Promise<void>
  readonly #introduced: Set<string>
  #signingKeys: readonly SigningKey[]
  #timer: NodeJS.Timeout | null = null
  /** What the timer is for. */
  #waitsFor: 'head' | 'checkpoint' | null = null
  #sealing: Promise<void> | null = null
  #startedAt = 0
  #stopped = false
  #checkpointed = new Map<string, string>()
  #checkpointedAt: number
  #sinceCheckpoint = 0
  #pending: PendingCheckpoint | null = null

  /** Compares the record with the heads that were signed before, and seals nothing yet. */
  static async open(options: SealerOptions): Promise<Sealer> {
    const { events, folders, publish, signingKeys } = options
    const index = new SealIndex(options.index)
    try {
      const prepare = indexKeysOf(options)
      const introduced = (await readIntroducedKeys(events)).map(({ key }) => key)
      const known = await findKnownHeads({
        folder: folders.heads,
        publish,
        introduced,
        publicKeys: signingKeys.map(({ publicKey }) => publicKey),
      })
      const tokensOf = (workspace: string) => new ReferenceTokens(() => options.keys.indexKey(workspace))
      const book = await openLogBook({ events, index, folders, tokensOf, prepare, known: known.heads })
      for (const [name, reason] of known.problems) book.named(name)?.fail(reason, 'for good')
      return new Sealer(options, { index, book, prepare, introduced: introduced.map(formatVerifierKey) })
    } catch (error) {
      index.close()
      throw error
    }
  }

  private constructor(options: SealerOptions, opened: OpenedSealer) {
    this.#options = options
    this.#index = opened.index
    this.book = opened.book
    this.#prepare = opened.prepare
    this.#introduced = new Set(opened.introduced)
    this.#signingKeys = options.signingKeys
    this.#checkpointedAt = performance.now()
    this.#around = {
      index: this.#index,
      publish: options.publish,
      now: options.now,
      signers: (origin) => this.#signers(origin),
      onSealed: (_log, leaves) => options.onSealed?.(leaves),
      onStep: (step) => options.onStep?.(step),
    }
    for (const log of this.book.all()) this.#resume(log)
  }

  /** Seals what comes until `signal` aborts. @throws when it can't go on: a new sealer on the same folder can. */
  async follow(signal: AbortSignal): Promise<void> {
    this.#schedule()
    for await (const events of this.#options.events.subscribe({ after: this.book.position, signal, batch: BATCH })) {
      await this.#prepare(events)
      for (const event of events) this.book.add(event)
      this.#sinceCheckpoint += events.length
      this.#schedule()
      if (this.#unwritten() > MOST_UNWRITTEN) await this.sealNow()
      if (events.length >= IN_NUMBERS && events.length < BATCH) await pause(READ_EVERY, signal)
    }
  }

  /** Seals everything that was read, at once. */
  async sealNow(): Promise<void> {
    if (this.#sealing !== null) await this.#sealing
    await this.#seal()
  }

  /** Signs with these from the next head on. */
  useSigningKeys(keys: readonly SigningKey[]): void {
    this.#signingKeys = keys
  }

  /** Seals what was read, and closes the index. */
  async close(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#checkpointedAt = Number.NEGATIVE_INFINITY
    try {
      await this.sealNow()
    } finally {
      this.#index.close()
    }
  }

  #resume(log: SealedLog): void {
    try {
      log.resume(this.#options.publish)
    } catch (error) {
      log.fail(messageOf(error))
    }
    this.#options.onChange(log)
  }

  #unwritten(): number {
    return this.book.all().reduce((sum, { growing }) => sum + growing.unwritten.count, 0)
  }

  /** A head that has become due does not wait for a checkpoint that was due later. */
  #schedule(): void {
    if (this.#sealing !== null || this.#stopped || this.#waitsFor === 'head') return
    const isDue = this.#isDue()
    if (!isDue && (this.#sinceCheckpoint === 0 || this.#waitsFor !== null)) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#waitsFor = isDue ? 'head' : 'checkpoint'
    this.#timer = setTimeout(() => void this.#seal(), isDue ? this.#interval() : CHECKPOINT_AFTER)
  }

  #interval(): number {
    const { interval = INTERVAL } = this.#options
    return Math.min(interval, Math.max(0, this.#startedAt + interval - performance.now()))
  }

  #isDue(): boolean {
    return this.book.all().some((log) => log.isDue)
  }

  #seal(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#waitsFor = null
    this.#startedAt = performance.now()
    this.#sealing ??= this.#sealAll().finally(() => {
      this.#sealing = null
      this.#schedule()
    })
    return this.#sealing
  }

  async #sealAll(): Promise<void> {
    this.#pending ??= this.#isCheckpointDue() ? this.#takeCheckpoint() : null
    const due = this.book.all().filter((log) => log.isDue)
    const workers = Array.from({ length: Math.min(AT_ONCE, due.length) }, async () => {
      for (let log = due.shift(); log !== undefined; log = due.shift()) await this.#sealLog(log)
    })
    await Promise.all(workers)
    this.#writeCheckpoint()
  }

  async #sealLog(log: SealedLog): Promise<void> {
    try {
      const { origin } = log.growing
      if (origin !== null) await this.#introduce(origin)
      await log.seal(this.#around)
    } catch (error) {
      if (error instanceof Stopped) throw error
      log.fail(messageOf(error), error instanceof NotAnExtension ? 'for good' : 'for now')
    }
    this.#options.onChange(log)
  }

  async #introduce(origin: string): Promise<void> {
    const missing = this.#signers(origin)
      .map(({ key }) => formatVerifierKey(key))
      .filter((key) => !this.#introduced.has(key))
    if (missing.length === 0) return
    await this.#options.introduceKeys(origin, missing)
    for (const key of missing) this.#introduced.add(key)
  }

  #signers(origin: string): NoteSigner[] {
    const now = new Date(this.#options.now()).toISOString()
    return this.#signingKeys
      .filter((key) => signsAt(key, now))
      .map(({ publicKey, privateKey }) => ({ key: verifierKey(origin, publicKey), sign: signEd25519(privateKey) }))
  }

  #isCheckpointDue(): boolean {
    if (this.#sinceCheckpoint >= CHECKPOINT_EVERY) return true
    return this.#sinceCheckpoint > 0 && performance.now() - this.#checkpointedAt >= CHECKPOINT_AFTER
  }

  /** What the logs are now. It is written when their files hold it. */
  #takeCheckpoint(): PendingCheckpoint | null {
    const { position } = this.book
    if (position === null) return null
    const tallies = new Map<string, readonly TokenTally[]>()
    const logs: LogCheckpoint[] = []
    for (const log of this.book.all()) {
      const checkpoint = checkpointOf(log)
      const text = JSON.stringify(checkpoint)
      if (this.#checkpointed.get(log.growing.name) === text) continue
      this.#checkpointed.set(log.growing.name, text)
      logs.push(checkpoint)
      tallies.set(log.growing.name, log.growing.takeChanged())
    }
    this.#sinceCheckpoint = 0
    this.#checkpointedAt = performance.now()
    return { checkpoint: { position, logs }, tallies }
  }

  #writeCheckpoint(): void {
    const pending = this.#pending
    if (pending === null) return
    const isWritten = ({ name, size, closed }: LogCheckpoint) => closed !== null || (this.book.named(name)?.written ?? 0) >= size
    if (!pending.checkpoint.logs.every(isWritten)) return
    this.#options.onStep?.('checkpoint')
    this.#index.putCheckpoint(pending.checkpoint, pending.tallies)
    this.#pending = null
  }
}

interface PendingCheckpoint {
  readonly checkpoint: Checkpoint
  readonly tallies: ReadonlyMap<string, readonly TokenTally[]>
}

interface OpenedSealer {
  readonly index: SealIndex
  readonly book: LogBook
  readonly prepare: (events: readonly RecordedEvent[]) => Promise<void>
  readonly introduced: readonly string[]
}

/** Thrown by `onStep` to end a sealer where it stands, as a crash would. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

function checkpointOf({ growing, standing }: SealedLog): LogCheckpoint {
  const { name, origin, size, at, last } = growing
  return { name, origin, size, at, last, closed: closedBecause(standing) }
}

function closedBecause(standing: SealedLog['standing']): string | null {
  switch (standing.status) {
    case 'closed':
      return standing.reason
    case 'ended':
      return ENDED
    case 'open':
    case 'failed':
      return null
  }
}

/** Index keys are made by the one writer of keys, before the first event of a workspace is counted. */
function indexKeysOf({ keys, makeIndexKey }: SealerOptions): (events: readonly RecordedEvent[]) => Promise<void> {
  const there = new Set<string>()
  return async (events) => {
    for (const { stream } of events) {
      const workspace = stream.slice(0, stream.indexOf('.'))
      if (there.has(workspace)) continue
      if (!keys.hasIndexKey(workspace)) await makeIndexKey(workspace)
      there.add(workspace)
    }
  }
}

/** Ends early, and doesn't fail, when `signal` aborts. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => undefined)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
