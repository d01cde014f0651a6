import { parseHex } from '../bytes/hex.ts'
import { decodeUtf8 } from '../bytes/utf8.ts'
import type { Digests } from '../digests.ts'
import type { Entry, TokenCount } from '../entry/entry.ts'
import { carriesToken } from '../entry/token.ts'
import { commitmentOfDigest } from '../event/commitment.ts'
import type { EventEnvelope } from '../event/event-envelope.ts'
import type { TreeHead } from '../note/tree-head.ts'
import { LEAVES_PROOF_HEADER } from '../tree/prove-leaves.ts'
import { LeavesVerifier } from '../tree/verify-leaves.ts'
import { checkFields } from './disclosed-fields.ts'
import type { Findings } from './findings.ts'
import { fraudOfOpenings, LeafWatch } from './fraud.ts'
import { HashReader } from './hash-reader.ts'
import { LineReader } from './line-reader.ts'
import { type PackSection, sectionMembers } from './manifest.ts'
import type { PackMembers } from './pack-members.ts'
import { ENTRY_START, type ParsedDisclosure, type ParsedLeafLine, parseLeafLine } from './parse-leaf-line.ts'
import type { PlacedLeaves } from './placed-leaves.ts'
import { type Opening, readOpenings } from './read-openings.ts'
import type { Place, Question } from './verdict.ts'

/** What a section is checked against and with. */
export interface SectionContext {
  readonly members: PackMembers
  readonly findings: Findings
  readonly digests: Digests
  /** The head that the section's leaves are under; null when there is none that can be read. */
  readonly head: TreeHead | null
  readonly workspace: string
  /** Openings of this log that other sections gave, by reference. */
  readonly known: Map<string, string>
  /** Leaves of this log that other sections showed. */
  readonly elsewhere: PlacedLeaves
  /** References that are opened though no event may carry them. */
  readonly alsoOpened: ReadonlySet<string>
  /** Sizes of older heads that were kept. */
  readonly olderSizes: ReadonlySet<number>
}

/** What came by in a section. */
export interface SectionSummary {
  leaves: number
  disclosed: number
  readable: number
  erased: number
  /** The last leaf's ledger time, '' for none. */
  lastAt: string
  /** Roots of older trees that the proof led past. */
  roots: ReadonlyMap<number, Uint8Array>
}

/** Longer than any line with an event of 256 KiB, its entry and its keys. */
const LINE_LIMIT = 1 << 20
const NO_NUMBER = -1

/** What is wrong with a leaf for who asked for the section, or null. */
export type OnLeaf = (entry: Entry, event: EventEnvelope | null) => { readonly question: Question; readonly reason: string } | null

/** Checks the leaves of one section from the first to the last, with one pass over its files. */
export class SectionCheck {
  readonly watch = new LeafWatch()
  private readonly section: PackSection
  private readonly context: SectionContext
  private readonly onLeaf: OnLeaf
  private openings: ReadonlyMap<string, Opening> = new Map()
  private readonly leafPreimage: { bytes: Uint8Array } = { bytes: new Uint8Array(4096) }
  private readonly versions = new Map<string, number>()
  private readonly offsets = new Map<string, number>()
  private readonly summary: SectionSummary = {
    leaves: 0,
    disclosed: 0,
    readable: 0,
    erased: 0,
    lastAt: '',
    roots: new Map(),
  }
  private before: Entry | null = null
  private line = 0

  constructor(section: PackSection, context: SectionContext, onLeaf: OnLeaf) {
    this.section = section
    this.context = context
    this.onLeaf = onLeaf
  }

  /** The token of a reference that is opened here. */
  readonly tokenOf = (ref: string): string | null => this.openings.get(ref)?.token ?? null

  async run(): Promise<SectionSummary> {
    await this.readOpenings()
    await this.readLeaves()
    this.requireAllUsed()
    return this.summary
  }

  private async readOpenings(): Promise<void> {
    const file = sectionMembers(this.section).openings
    const read = await readOpenings(this.context.members.stream(file), this.context.digests)
    if (read.status === 'refused') {
      this.context.findings.fail('integrity', read.reason, { file, line: read.line })
      return
    }
    this.openings = read.openings
    const origin = this.context.head?.origin ?? ''
    for (const [ref, { rk }] of read.openings) {
      const fraud = fraudOfOpenings(origin, ref, [this.context.known.get(ref) ?? rk, rk])
      if (fraud !== null) this.context.findings.fraud('integrity', fraud, { file })
      this.context.known.set(ref, rk)
    }
  }

  private async readLeaves(): Promise<void> {
    const { leaves, inclusion } = sectionMembers(this.section)
    const { head, digests, olderSizes } = this.context
    const hashes = new HashReader(this.context.members.stream(inclusion))
    const header = await hashes.header(LEAVES_PROOF_HEADER)
    const verifier = new LeavesVerifier(head?.size ?? 0, digests, olderSizes)
    const whole = await this.eachLine(leaves, hashes, (line, text) => this.leaf(line, text, verifier, hashes))
    await hashes.fill()
    if (whole && head !== null) this.requireInclusion(verifier, hashes, head, header)
    if (!(await hashes.isSpent()))
      this.fail('integrity', 'expected the end of the proof, found more bytes', { file: inclusion, line: null })
    this.summary.roots = verifier.roots
  }

  private requireInclusion(verifier: LeavesVerifier, hashes: HashReader, head: TreeHead, header: Uint8Array | null): void {
    const file = sectionMembers(this.section).inclusion
    const view = header === null ? null : new DataView(header.buffer, header.byteOffset)
    const told = view === null ? [] : [Number(view.getBigUint64(0)), Number(view.getBigUint64(8))]
    if (told[0] !== head.size || told[1] !== this.summary.leaves) {
      this.fail('integrity', `expected a proof of ${this.summary.leaves} leaves of ${head.size}, found one of others`, { file, line: null })
      return
    }
    const proven = verifier.end(head.root, hashes.next)
    if (proven.status === 'refused') this.fail('integrity', `${this.section}: ${proven.reason}`, { file, line: null })
  }

  /** False when a line could not be read: what follows can't be placed in the tree. */
  private async eachLine(file: string, hashes: HashReader, take: (line: Uint8Array, text: string) => boolean): Promise<boolean> {
    const lines = new LineReader(LINE_LIMIT)
    for await (const chunk of this.context.members.stream(file)) {
      lines.push(chunk)
      if (!(await this.wholeLines(lines, hashes, take))) return false
    }
    this.line++
    return lines.isEmpty() || this.broken('expected a line end at the end, found none')
  }

  private async wholeLines(lines: LineReader, hashes: HashReader, take: (line: Uint8Array, text: string) => boolean): Promise<boolean> {
    for (let line = lines.next(); line !== null; line = lines.next()) {
      this.line = lines.line
      if (!hashes.isReady()) await hashes.fill()
      const decoded = line === 'too-long' ? null : decodeUtf8(line)
      if (line === 'too-long' || decoded?.status !== 'decoded') {
        return this.broken('expected a line of UTF-8 of at most 1 MiB, found something else')
      }
      if (!take(line, decoded.text)) return false
    }
    return true
  }

  private broken(reason: string): false {
    this.fail('integrity', reason)
    return false
  }

  private leaf(line: Uint8Array, text: string, verifier: LeavesVerifier, hashes: HashReader): boolean {
    const parsed = parseLeafLine(text, line.length)
    if (typeof parsed === 'string') return this.broken(parsed)
    const { entry } = parsed
    this.summary.leaves++
    this.summary.lastAt = entry.at
    const problem = verifier.add(entry.seq, this.leafHash(line, parsed), hashes.next)
    if (problem !== null) return this.broken(problem)
    const fraud = this.watch.add(entry) ?? this.context.elsewhere.contradiction(entry)
    if (fraud !== null) this.context.findings.fraud('order', fraud, this.place(entry, parsed.event))
    if (parsed.event !== null) this.disclosed(line, entry, parsed.event)
    const wrong = this.onLeaf(entry, parsed.event?.envelope ?? null)
    if (wrong !== null) this.fail(wrong.question, wrong.reason, this.place(entry, parsed.event))
    this.before = entry
    return true
  }

  /** SHA-256(0x00 ‖ entry), the entry being a part of the line. */
  private leafHash(line: Uint8Array, { entryEnd }: ParsedLeafLine): Uint8Array {
    const length = 1 + entryEnd - ENTRY_START
    if (length > this.leafPreimage.bytes.length) this.leafPreimage.bytes = new Uint8Array(2 * length)
    this.leafPreimage.bytes.set(line.subarray(ENTRY_START, entryEnd), 1)
    return this.context.digests.sha256(this.leafPreimage.bytes.subarray(0, length))
  }

  private disclosed(line: Uint8Array, entry: Entry, event: ParsedDisclosure): void {
    const { digests, workspace } = this.context
    this.summary.disclosed++
    const salt = parseHex(event.salt) ?? new Uint8Array(0)
    const digest = digests.sha256(line.subarray(event.start, event.end))
    if (commitmentOfDigest(salt, digest, digests) !== entry.commit) {
      this.fail('integrity', 'expected the event that the log committed to, found another', this.place(entry, event))
      return
    }
    if (event.envelope.workspace !== workspace)
      this.fail('integrity', `expected an event of ${workspace}, found one of ${event.envelope.workspace}`, this.place(entry, event))
    this.requireTokens(entry, event)
    this.requireOrder(entry, event)
    const fields = checkFields(event.envelope.data, event.keys, digests)
    this.summary.readable += fields.readable
    this.summary.erased += fields.erased
    if (fields.problem !== null) this.fail('integrity', fields.problem, this.place(entry, event))
  }

  /** The entry has the tokens of all the event's references, and no others. */
  private requireTokens(entry: Entry, event: ParsedDisclosure): void {
    const { stream, about } = event.envelope
    let tokens = this.hasToken(entry, event, stream)
    for (const ref of about) tokens += this.hasToken(entry, event, ref)
    if (tokens !== entry.refs.length)
      this.fail('integrity', `expected ${tokens} tokens in the entry, found ${entry.refs.length}`, this.place(entry, event))
  }

  private hasToken(entry: Entry, event: ParsedDisclosure, ref: string): 0 | 1 {
    const opening = this.openings.get(ref)
    if (opening === undefined) {
      if (!carriesToken(ref)) return 0
      this.fail('integrity', `expected the opening of ${ref}, found none`, this.place(entry, event))
      return 1
    }
    opening.used = true
    if (numberOf(entry.refs, opening.token) === NO_NUMBER) {
      this.fail('integrity', `expected the token of ${ref} in the entry, found none`, this.place(entry, event))
    }
    return 1
  }

  private requireOrder(entry: Entry, event: ParsedDisclosure): void {
    const { stream, streamVersion, recordedAt } = event.envelope
    const wrong = (reason: string) => this.fail('order', reason, this.place(entry, event))
    if (recordedAt > entry.at) wrong(`expected ledger time from ${recordedAt} on, found ${entry.at}`)
    const floor = this.timeBefore(entry)
    if (floor !== null && entry.at > recordedAt && entry.at !== floor)
      wrong(`expected ledger time ${floor > recordedAt ? floor : recordedAt}, found ${entry.at}`)
    const versionBefore = this.versions.get(stream)
    if (versionBefore !== undefined && versionBefore >= streamVersion)
      wrong(`expected a stream version above ${versionBefore}, found ${streamVersion}`)
    this.versions.set(stream, streamVersion)
    const n = numberOf(entry.refs, this.openings.get(stream)?.token ?? '')
    const offset = this.offsets.get(stream)
    if (n !== NO_NUMBER && offset !== undefined && offset !== streamVersion - n)
      wrong('expected as many leaves as stream versions in between, found others')
    if (n !== NO_NUMBER) this.offsets.set(stream, streamVersion - n)
  }

  /** Ledger time of the leaf right in front, '' for the first of all; null when it isn't here. */
  private timeBefore({ seq }: Entry): string | null {
    if (seq === 0) return ''
    return this.before !== null && this.before.seq + 1 === seq ? this.before.at : null
  }

  private requireAllUsed(): void {
    const surplus = [...this.openings].find(([ref, { used }]) => !used && !this.context.alsoOpened.has(ref))
    if (surplus === undefined || this.context.findings.failed('integrity')) return
    this.fail('integrity', `expected only openings of what the events name, found one of ${surplus[0]}`, {
      file: sectionMembers(this.section).openings,
      line: null,
    })
  }

  private place({ seq }: Entry, event: ParsedDisclosure | null): Partial<Place> {
    return {
      file: sectionMembers(this.section).leaves,
      line: this.line,
      leaf: seq,
      event: event === null ? null : `${event.envelope.stream}/${event.envelope.id}`,
    }
  }

  private fail(question: Question, reason: string, where: Partial<Place> = {}): void {
    this.context.findings.fail(question, reason, { file: sectionMembers(this.section).leaves, line: this.line, ...where })
  }
}

/** The number of a token among an entry's, or −1. */
export function numberOf(refs: readonly TokenCount[], token: string): number {
  for (const [other, n] of refs) {
    if (other === token) return n
  }
  return NO_NUMBER
}
