import { parseNote, parseTreeHead, proveConsistency, toBase64 } from '@annal/proof'
import { nodeDigests } from '../../keys/node-digests.ts'
import type { StoredHead } from '../heads/head-store.ts'
import type { LogBook } from '../log-book.ts'
import type { SealedLog } from '../sealed-log.ts'
import { askTimestamp } from './ask-timestamp.ts'
import { askWitness, type Witness, type WitnessAnswer } from './ask-witness.ts'

export interface OutreachOptions {
  readonly book: LogBook
  readonly witnesses: readonly Witness[]
  /** Where timestamps are asked for, or null. */
  readonly timestampUrl: string | null
  /** Called when something was asked of others, whatever came of it. */
  readonly onChange: (log: SealedLog) => void
}

/** What a witness last said of a log. */
export interface WitnessStatus {
  readonly verifierKey: string
  readonly lastSize: number | null
  /** By the witness's clock. */
  readonly lastAt: string | null
  /** Why it has not cosigned the head that it was asked for last, or null. */
  readonly problem: string | null
}

export interface OutreachStatus {
  readonly witnesses: readonly WitnessStatus[]
  readonly timestampProblem: string | null
}

/** A log's heads are shown to others at most every so many ms. */
const PAUSE = 60_000
const LOOK = 2_000
const PATIENCE = 10_000
/** At the start somebody waits for it. */
const PATIENCE_AT_START = 3_000
const REMEMBERED = 100

/**
 * Shows signed heads to those outside: witnesses, who cosign what continues the head they saw before, and a timestamp authority. What they
 * say is kept beside the heads; what they don't say is told, never hidden.
 */
export class Outreach {
  readonly #options: OutreachOptions
  readonly #logs = new Map<string, LogOutreach>()
  #timer: NodeJS.Timeout | null = null

  constructor(options: OutreachOptions) {
    this.#options = options
  }

  /** Asks every witness for what it knows of each log: one that has seen a greater head than was kept closes it. */
  async compare(): Promise<void> {
    await Promise.all(this.#logsWithHeads().map((log) => this.#of(log).ask(PATIENCE_AT_START)))
  }

  /** Goes on asking until `signal` aborts. */
  follow(signal: AbortSignal): void {
    if (this.#options.witnesses.length === 0 && this.#options.timestampUrl === null) return
    this.#timer = setInterval(() => {
      for (const log of this.#logsWithHeads()) {
        const outreach = this.#of(log)
        if (outreach.isDue) void outreach.ask(PATIENCE)
      }
    }, LOOK)
    signal.addEventListener('abort', () => clearInterval(this.#timer ?? undefined), { once: true })
  }

  /** Asks for the newest head of the workspace's log at once, for somebody who is going to hand it out. Null without a head. */
  async attest(workspace: string): Promise<StoredHead | null> {
    const log = this.#options.book.current(workspace)
    return log === null ? null : this.#of(log).ask(PATIENCE)
  }

  status(workspace: string): OutreachStatus {
    const log = this.#options.book.current(workspace)
    return log === null ? { witnesses: [], timestampProblem: null } : this.#of(log).status()
  }

  #logsWithHeads(): readonly SealedLog[] {
    return this.#options.book.all().filter(({ shown, standing }) => shown !== null && standing.status !== 'ended')
  }

  #of(log: SealedLog): LogOutreach {
    const known = this.#logs.get(log.growing.name) ?? new LogOutreach(log, this.#options)
    this.#logs.set(log.growing.name, known)
    return known
  }
}

/** One log: one head at a time is shown to everybody. */
class LogOutreach {
  readonly #log: SealedLog
  readonly #options: OutreachOptions
  readonly #witnesses = new Map<Witness, WitnessStatus>()
  #timestampProblem: string | null = null
  #answered = new Set<Witness>()
  #asking: Promise<StoredHead | null> | null = null
  #askedAt = Number.NEGATIVE_INFINITY
  #askedSize = 0

  constructor(log: SealedLog, options: OutreachOptions) {
    this.#log = log
    this.#options = options
    const said = log.heads.newestAttestations(REMEMBERED)
    for (const witness of options.witnesses) {
      const last = said.find((attestation) => attestation.kind === 'cosignature' && attestation.witness === witness.key.name)
      this.#witnesses.set(witness, {
        verifierKey: witness.verifierKey,
        lastSize: last?.size ?? null,
        lastAt: last?.at ?? null,
        problem: null,
      })
    }
    this.#askedSize = said[0]?.size ?? 0
  }

  get isDue(): boolean {
    const size = this.#log.shown?.size ?? 0
    const hasProblem = this.#timestampProblem !== null || [...this.#witnesses.values()].some(({ problem }) => problem !== null)
    return performance.now() - this.#askedAt >= PAUSE && (size > this.#askedSize || hasProblem)
  }

  status(): OutreachStatus {
    return { witnesses: [...this.#witnesses.values()], timestampProblem: this.#timestampProblem }
  }

  /** Whoever asks while others are being asked gets the head after that. */
  async ask(patience: number): Promise<StoredHead | null> {
    await this.#asking
    this.#asking ??= this.#askAll(patience).finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  async #askAll(patience: number): Promise<StoredHead | null> {
    const head = this.#log.shown
    if (head === null || this.#log.standing.status === 'closed') return head
    this.#askedAt = performance.now()
    this.#askedSize = head.size
    const said = this.#log.heads.attestationsOf(head.size)
    const missing = this.#options.witnesses.filter(
      ({ key }) => !said.some((line) => line.kind === 'cosignature' && line.witness === key.name),
    )
    const needsTime = this.#options.timestampUrl !== null && !said.some(({ kind }) => kind === 'timestamp')
    await Promise.all([
      ...missing.map((witness) => this.#askWitness(witness, head, patience)),
      needsTime ? this.#askTime(head, patience) : null,
    ])
    this.#options.onChange(this.#log)
    return head
  }

  async #askWitness(witness: Witness, head: StoredHead, patience: number): Promise<void> {
    const nodes = this.#log.tiles.nodes(head.size)
    const known = this.#witnesses.get(witness)?.lastSize ?? 0
    const prove = (from: number) => proveConsistency(from, head.size, nodes, nodeDigests)
    const answer = await askWitness(witness, { note: head.note, size: head.size, known, prove }, patience)
    const isFirst = answer.status !== 'refused' && !this.#answered.has(witness)
    if (answer.status !== 'refused') this.#answered.add(witness)
    if (answer.status === 'ahead' && isFirst) this.#wentBack(witness, head, answer.size)
    this.#note(witness, head, answer)
  }

  #note(witness: Witness, head: StoredHead, answer: WitnessAnswer): void {
    const before = this.#witnesses.get(witness) ?? { verifierKey: witness.verifierKey, lastSize: null, lastAt: null, problem: null }
    switch (answer.status) {
      case 'cosigned': {
        const at = new Date(answer.time * 1000).toISOString()
        this.#log.heads.attest({ kind: 'cosignature', size: head.size, at, witness: witness.key.name, line: answer.line })
        this.#witnesses.set(witness, { ...before, lastSize: head.size, lastAt: at, problem: null })
        break
      }
      case 'ahead':
        this.#witnesses.set(witness, { ...before, problem: `It has seen a head of ${answer.size} leaves; ours has ${head.size}.` })
        break
      case 'refused':
        this.#witnesses.set(witness, { ...before, problem: `It has not cosigned: ${answer.reason}.` })
    }
  }

  /** A witness only ever sees what was signed here: it knows a head that was lost. */
  #wentBack({ key }: Witness, { note, size }: StoredHead, seen: number): void {
    const parsed = parseNote(Buffer.from(note))
    const head = parsed.status === 'parsed' ? parseTreeHead(parsed.note.text) : parsed
    if (head.status === 'refused') throw new Error(`expected our own head, found ${head.reason}`)
    const reason = `The witness ${key.name} has seen a head of ${seen} leaves, but the newest that is kept here has ${size}: the store went back.`
    this.#log.close({ ...head.head, foundIn: 'witness' }, reason)
  }

  async #askTime(head: StoredHead, patience: number): Promise<void> {
    const parsed = parseNote(Buffer.from(head.note))
    const { timestampUrl } = this.#options
    if (parsed.status === 'refused' || timestampUrl === null) return
    const answer = await askTimestamp(timestampUrl, parsed.note.text, patience)
    this.#timestampProblem = answer.status === 'refused' ? `There is no timestamp of the newest head: ${answer.reason}.` : null
    if (answer.status === 'refused') return
    const { response, time, authority } = answer
    this.#log.heads.attest({ kind: 'timestamp', size: head.size, at: time, authority, token: toBase64(response) })
  }
}
