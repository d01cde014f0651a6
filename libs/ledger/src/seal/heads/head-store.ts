import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseLogName } from '../log-name.ts'
import { syncFolder } from '../tiles/log-files.ts'
import { SortedLines } from './sorted-lines.ts'

/** A signed tree head as it is kept. */
export interface StoredHead {
  readonly size: number
  /** When it was signed. */
  readonly at: string
  /** Milliseconds from the oldest newly sealed event's recordedAt until it was signed. */
  readonly lag: number
  /** The signed note. */
  readonly note: string
}

/** What somebody else said of a head: a witness's signature line, or a token of a timestamp authority. */
export type Attestation =
  | { readonly kind: 'cosignature'; readonly size: number; readonly at: string; readonly witness: string; readonly line: string }
  /** `token`: the RFC 3161 TimeStampToken (DER) in base64; `at`: the time that it states. */
  | { readonly kind: 'timestamp'; readonly size: number; readonly at: string; readonly authority: string; readonly token: string }

/**
 * The signed heads of one log, in `heads/<log>/`: what can't be computed again. Two files that only grow: `heads.jsonl`, sizes strictly
 * increasing, and `attestations.jsonl` of what came for some of them. One writes, any number may read.
 */
export class LogHeads {
  readonly #folder: string
  readonly #heads: SortedLines<StoredHead>
  readonly #attestations: SortedLines<Attestation>

  constructor(folder: string) {
    this.#folder = folder
    this.#heads = new SortedLines(join(folder, 'heads.jsonl'), asHead)
    this.#attestations = new SortedLines(join(folder, 'attestations.jsonl'), asAttestation)
  }

  /** Durable on return. @throws unless it is greater than the newest. */
  append(head: StoredHead): void {
    this.#makeFolder()
    const newest = this.#heads.newest()
    if (newest !== null && head.size <= newest.size) throw new Error(`expected a head beyond size ${newest.size}, found ${head.size}`)
    this.#heads.append(head)
  }

  /** Durable on return. @throws when it is for an older head than the newest that has one. */
  attest(attestation: Attestation): void {
    this.#makeFolder()
    const newest = this.#attestations.newest()
    if (newest !== null && attestation.size < newest.size)
      throw new Error(`expected an attestation of size ${newest.size} or more, found ${attestation.size}`)
    this.#attestations.append(attestation)
  }

  newest(): StoredHead | null {
    return this.#heads.newest()
  }

  /** How many bytes of `heads.jsonl` are whole lines, and the last of them. */
  end(): { readonly length: number; readonly newest: StoredHead | null } {
    return this.#heads.end()
  }

  at(size: number): StoredHead | null {
    return this.#heads.of(size)[0] ?? null
  }

  /** At most `limit` heads smaller than `size` (null: any), newest first. */
  before(size: number | null, limit: number): StoredHead[] {
    return this.#heads.before(size, limit)
  }

  /** The newest head that was signed no later than `at`. */
  signedBy(at: string): StoredHead | null {
    return this.#heads.lastWhere((head) => head.at <= at)
  }

  attestationsOf(size: number): Attestation[] {
    return this.#attestations.of(size)
  }

  /** At most `limit`, newest first. */
  newestAttestations(limit: number): Attestation[] {
    return this.#attestations.before(null, limit)
  }

  #makeFolder(): void {
    if (existsSync(this.#folder)) return
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    syncFolder(dirname(this.#folder))
    syncFolder(dirname(dirname(this.#folder)))
  }
}

/** The logs that have heads in `heads/`. */
export function logsWithHeads(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => parseLogName(name) !== null)
}

function asHead(value: unknown): StoredHead | null {
  if (!isRecord(value) || typeof value.size !== 'number' || typeof value.lag !== 'number') return null
  if (typeof value.at !== 'string' || typeof value.note !== 'string') return null
  return { size: value.size, at: value.at, lag: value.lag, note: value.note }
}

function asAttestation(value: unknown): Attestation | null {
  if (!isRecord(value) || typeof value.size !== 'number' || typeof value.at !== 'string') return null
  const { kind, size, at, witness, line, authority, token } = value
  if (kind === 'cosignature' && typeof witness === 'string' && typeof line === 'string') return { kind, size, at, witness, line }
  if (kind === 'timestamp' && typeof authority === 'string' && typeof token === 'string') return { kind, size, at, authority, token }
  return null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
