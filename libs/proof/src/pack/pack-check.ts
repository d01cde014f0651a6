import { toBase64 } from '../bytes/base64.ts'
import { parseHex } from '../bytes/hex.ts'
import type { EventEnvelope } from '../event/event-envelope.ts'
import type { TokenTally } from '../map/map-hash.ts'
import { verifyTallies } from '../map/verify-tallies.ts'
import { workspaceOfOrigin } from '../names/log-origin.ts'
import { formatVerifierKey } from '../note/verifier-key.ts'
import { anchorOf, checkHeadSignature, type KeyEvents, keysOf } from './check-signatures.ts'
import { checkTimestamps, type Timestamped } from './check-timestamps.ts'
import { checkWitnesses, type Witnessed } from './check-witnesses.ts'
import type { Findings } from './findings.ts'
import { compareHeads, type HeadComparison, type KeptHead, keptHeadsOf, type ReadHead, readConsistency, readHead } from './kept-heads.ts'
import {
  CONSISTENCY,
  DOCUMENTS,
  HEAD,
  MAP_PROOF,
  type PackManifest,
  type PackSection,
  SYSTEM_HEAD,
  sectionMembers,
  timestampMember,
} from './manifest.ts'
import type { PackMembers } from './pack-members.ts'
import type { PackAnchors, PackFacts, PackReading } from './pack-reading.ts'
import { PlacedLeaves } from './placed-leaves.ts'
import { type ScopeCheck, scopeCheck } from './scope-check.ts'
import { type OnLeaf, SectionCheck, type SectionContext, type SectionSummary } from './section-check.ts'
import { type PackVerdict, type Verdicts, verdict } from './verdict.ts'

const SYSTEM = 'system'
const HEAD_LIMIT = 1 << 16
const TIMESTAMP_LIMIT = 1 << 16
const CONSISTENCY_LIMIT = 1 << 22
const MAP_PROOF_LIMIT = 1 << 24

/** What a section of its own may hold. */
const TYPES: Readonly<Record<Exclude<PackSection, 'events'>, readonly string[]>> = {
  roles: ['RoleGranted', 'RoleRevoked'],
  names: ['PersonInvited', 'PersonProfileSet'],
  break: ['LogContinued'],
  'signing-keys': ['SigningKeyIntroduced', 'SigningKeyRetired'],
}

interface Means {
  readonly anchors: PackAnchors
  readonly reading: PackReading
  readonly findings: Findings
}

/** What was gathered on the way to the verdicts. */
interface Gathered {
  readonly head: ReadHead | null
  readonly kept: readonly KeptHead[]
  /** What was kept and is no head of this log. */
  readonly others: readonly string[]
  readonly events: SectionSummary
  readonly scope: ScopeCheck
  readonly keyEvents: KeyEvents
  readonly comparison: HeadComparison
  readonly witnessed: Witnessed
  readonly timestamped: Timestamped
}

/** One pack, whose container and manifest could be read: everything else. */
export class PackCheck {
  private readonly manifest: PackManifest
  private readonly members: PackMembers
  private readonly anchors: PackAnchors
  private readonly reading: PackReading
  private readonly findings: Findings
  /** Openings of the workspace's log, and of the system's. */
  private readonly known = new Map<string, string>()
  private readonly knownOfSystem = new Map<string, string>()
  /** Leaves of the workspace's log in other sections than `events`, which has most: they are read first, and kept. */
  private readonly elsewhere = new PlacedLeaves()
  /** Where the rest is, for people, in a log that continues another. */
  private earlier = ''

  constructor(manifest: PackManifest, members: PackMembers, { anchors, reading, findings }: Means) {
    this.manifest = manifest
    this.members = members
    this.anchors = anchors
    this.reading = reading
    this.findings = findings
  }

  async run(): Promise<{ readonly verdicts: Verdicts; readonly facts: PackFacts }> {
    const { manifest, anchors, reading } = this
    const keys = keysOf(manifest.keys)
    const head = await this.readHead(HEAD, manifest.size, manifest.origin)
    if (head !== null) await checkHeadSignature(head.note, keys, { verify: reading.verify, findings: this.findings, file: HEAD })
    const { ofLog: kept, others } = await keptHeadsOf(manifest.origin, anchors.heads, keys, reading.verify)
    const proofs = await this.readConsistency()
    const keyEvents = await this.readKeyEvents()
    for (const section of ['roles', 'names', 'break'] as const) await this.checkSection(section, head)
    const { events, scope } = await this.checkEvents(head, new Set(kept.map((other) => other.head.size)))
    const comparison = this.compare(head, kept, { proofs, events })
    const witnessed = head === null ? NOBODY : await checkWitnesses(head.note, manifest.witnesses, anchors.witnesses, reading.verify)
    const timestamped = await this.checkTimestamps(head)
    await this.members.rest()
    const gathered: Gathered = { head, kept, others, events, scope, keyEvents, comparison, witnessed, timestamped }
    return { verdicts: this.verdicts(gathered), facts: this.facts(gathered) }
  }

  private async readHead(file: string, size: number | null, origin: string | null): Promise<ReadHead | null> {
    const bytes = await this.members.whole(file, HEAD_LIMIT)
    if (bytes === null) return null
    const read = readHead(bytes)
    if (typeof read === 'string') {
      this.findings.fail('integrity', `${file}: ${read}`, { file })
      this.findings.fail('signature', `${file}: expected a tree head, found something else`, { file })
      return null
    }
    if (origin !== null && read.head.origin !== origin)
      this.findings.fail('integrity', `expected a head of ${origin}, found one of ${read.head.origin}`, { file })
    if (size !== null && read.head.size !== size)
      this.findings.fail('integrity', `expected a head of size ${size}, found one of size ${read.head.size}`, { file })
    return read
  }

  private async readConsistency(): Promise<ReadonlyMap<number, readonly Uint8Array[]>> {
    const bytes = await this.members.whole(CONSISTENCY, CONSISTENCY_LIMIT)
    const proofs = bytes === null ? new Map<number, readonly Uint8Array[]>() : readConsistency(bytes)
    if (typeof proofs !== 'string') return proofs
    this.findings.fail('integrity', `${CONSISTENCY}: ${proofs}`, { file: CONSISTENCY })
    return new Map()
  }

  private async checkEvents(
    head: ReadHead | null,
    olderSizes: ReadonlySet<number>,
  ): Promise<{ events: SectionSummary; scope: ScopeCheck }> {
    const { manifest } = this
    const refs = manifest.scope.kind === 'references' ? manifest.scope.refs : []
    const context: SectionContext = { ...this.context(head), alsoOpened: new Set(refs), olderSizes }
    const scope: ScopeCheck = scopeCheck(manifest.scope, manifest.size, (ref) => check.tokenOf(ref))
    const check: SectionCheck = new SectionCheck('events', context, (entry) => scope.add(entry))
    const events = await check.run()
    const tallies = await this.readTallies(refs, head, check)
    const missing = scope.end(tallies)
    if (missing !== null) this.findings.fail('completeness', missing, { file: sectionMembers('events').leaves })
    return { events, scope }
  }

  /** The map's counts of the scope's references, and any leaf that contradicts them. */
  private async readTallies(
    refs: readonly string[],
    head: ReadHead | null,
    check: SectionCheck,
  ): Promise<ReadonlyMap<string, TokenTally | null>> {
    const proof = await this.members.whole(MAP_PROOF, MAP_PROOF_LIMIT)
    if (proof === null || head === null) return new Map()
    const tokens = refs.map((ref) => parseHex(check.tokenOf(ref) ?? '') ?? new Uint8Array(0))
    const verified = verifyTallies(tokens, proof, head.head.mapRoot, this.reading.digests)
    if (verified.status === 'refused') {
      this.findings.fail('completeness', verified.reason, { file: MAP_PROOF, byte: null })
      return new Map()
    }
    for (const [token, tally] of verified.tallies) {
      const fraud = check.watch.beyond(token, tally?.count ?? 0)
      if (fraud !== null) this.findings.fraud('completeness', fraud, { file: sectionMembers('events').leaves })
    }
    return verified.tallies
  }

  private async readKeyEvents(): Promise<KeyEvents> {
    const introduced = new Set<string>()
    const retired = new Map<string, string>()
    if (!this.members.has(SYSTEM_HEAD)) return { signers: [], introduced, retired }
    const head = await this.readHead(SYSTEM_HEAD, null, null)
    const means = { verify: this.reading.verify, findings: this.findings, file: SYSTEM_HEAD }
    const signers = head === null ? [] : await checkHeadSignature(head.note, keysOf(this.manifest.systemKeys), means)
    if (head !== null) this.requireSystem(head.head.origin)
    const system = { workspace: SYSTEM, known: this.knownOfSystem, elsewhere: new PlacedLeaves() }
    const context: SectionContext = { ...this.context(head), ...system }
    await new SectionCheck('signing-keys', context, (_, event) => {
      const problem = typeProblem('signing-keys', event)
      const key = event?.data.verifierKey
      if (event?.type === 'SigningKeyIntroduced') introduced.add(String(key))
      if (event?.type === 'SigningKeyRetired') retired.set(String(key), String(event.data.because))
      return problem
    }).run()
    return { signers, introduced, retired }
  }

  /** Keys are introduced in the log named `system`, by keys that are named after it: what another log says of keys is nothing. */
  private requireSystem(origin: string): void {
    if (workspaceOfOrigin(origin) !== SYSTEM)
      this.findings.fail('integrity', `expected a head of the log named ${SYSTEM}, found one of ${origin}`, { file: SYSTEM_HEAD })
    const stranger = keysOf(this.manifest.systemKeys).find(({ name }) => name !== origin)
    if (stranger !== undefined)
      this.findings.fail('integrity', `expected keys of ${origin}, found ${formatVerifierKey(stranger)}`, { file: SYSTEM_HEAD })
  }

  private async checkSection(section: 'roles' | 'names' | 'break', head: ReadHead | null): Promise<void> {
    if (!this.members.has(sectionMembers(section).leaves)) return
    const { origin } = this.manifest
    const check = new SectionCheck(section, this.context(head), (entry, event) => {
      this.elsewhere.add(entry)
      if (section === 'break' && (entry.seq !== 0 || event?.data.newOrigin !== origin)) {
        return { question: 'integrity', reason: `expected leaf 0 to say that the log was continued as ${origin}, found something else` }
      }
      if (section === 'break' && event !== null) this.earlier = earlierText(event.data)
      return typeProblem(section, event)
    })
    const { leaves } = await check.run()
    if (section === 'break' && leaves !== 1) {
      this.findings.fail('integrity', `expected the one leaf that continues the log, found ${leaves}`, {
        file: sectionMembers(section).leaves,
      })
    }
  }

  private context(head: ReadHead | null): SectionContext {
    const { members, findings, known, elsewhere } = this
    const nothing: ReadonlySet<never> = new Set()
    const { digests } = this.reading
    return {
      members,
      findings,
      digests,
      known,
      elsewhere,
      head: head?.head ?? null,
      workspace: this.manifest.workspace,
      alsoOpened: nothing,
      olderSizes: nothing,
    }
  }

  private compare(
    head: ReadHead | null,
    kept: readonly KeptHead[],
    told: { readonly proofs: ReadonlyMap<number, readonly Uint8Array[]>; readonly events: SectionSummary },
  ): HeadComparison {
    if (head === null) return { continued: 0, untold: [], newer: [], contradicted: null }
    return compareHeads(head.head, kept, told, { findings: this.findings, digests: this.reading.digests })
  }

  private async checkTimestamps(head: ReadHead | null): Promise<Timestamped> {
    const responses: { readonly file: string; readonly bytes: Uint8Array }[] = []
    for (let n = 1; this.members.has(timestampMember(n)); n++) {
      const file = timestampMember(n)
      const bytes = await this.members.whole(file, TIMESTAMP_LIMIT)
      if (bytes !== null) responses.push({ file, bytes })
    }
    const { digests, timestamps: check } = this.reading
    return checkTimestamps(responses, head?.note.text ?? '', { check, certificates: this.anchors.authorities, digests })
  }

  private verdicts(gathered: Gathered): Verdicts {
    const { findings } = this
    const signature = findings.or('signature', this.signature(gathered))
    if (signature.verdict === 'fails') findings.fail('signature', signature.reason, signature.where)
    const integrity = findings.or('integrity', gathered.comparison.contradicted ?? this.integrity(gathered))
    return {
      integrity,
      signature,
      order: unlessBroken(integrity, findings.or('order', verdict('holds', 'places, ledger times and numbers follow on one another'))),
      completeness: unlessBroken(integrity, findings.or('completeness', this.completeness(gathered))),
      witnessing: gathered.witnessed.verdict,
      timestamp: gathered.timestamped.verdict,
      report: findings.or('report', this.report(signature)),
      freshness: this.freshness(gathered),
    }
  }

  private integrity({ events, comparison, others }: Gathered): PackVerdict {
    const [other] = others
    if (other !== undefined)
      return verdict('partial', `the pack holds in itself, but a head that you kept is ${other}, not of this log: it could not be compared`)
    const kept = comparison.continued > 0 ? ', and the log continues what you kept' : ''
    const files = this.findings.failed('report') ? 'all files of evidence (of the documents see the report)' : 'all files'
    if (comparison.untold.length === 0)
      return verdict('holds', `${files} are as signed, and all ${events.leaves} leaves are in the tree${kept}`)
    const sizes = comparison.untold.join(', ')
    return verdict('partial', `the pack holds in itself, but no proof that it continues the head of size ${sizes} that you kept`, {
      file: CONSISTENCY,
    })
  }

  private signature({ keyEvents, kept }: Gathered): PackVerdict {
    const { manifest, anchors } = this
    const compromised = manifest.keys.find((key) => keyEvents.retired.get(key) === 'compromised')
    if (compromised !== undefined)
      return verdict('fails', `the key ${compromised} was retired as compromised`, { file: sectionMembers('signing-keys').leaves })
    const signedKept = anchors.keys.length > 0 ? [] : kept.flatMap(({ signedBy }) => signedBy)
    const anchor = anchorOf(manifest, anchors.keys, keyEvents, signedKept)
    if (anchor !== null) return verdict('holds', `manifest and tree head are signed by ${anchor}`)
    const [key = ''] = manifest.keys
    if (anchors.keys.length > 0) {
      const given = anchors.keys.map(formatVerifierKey).join(', ')
      return verdict('fails', `expected a signature of ${given}, found one of ${key}`, { file: HEAD })
    }
    return verdict('partial', `consistent in itself; signed by key ${key}, which came with the pack: compare it by another way`)
  }

  private completeness({ scope, events }: Gathered): PackVerdict {
    if (scope.claim === null) return verdict('not-claimed', 'selection: completeness is not claimed')
    if (scope.untold !== null) return verdict('partial', `${scope.untold}${this.earlier}`, { file: sectionMembers('events').openings })
    const withheld = events.leaves - events.disclosed
    const hidden = withheld === 0 ? '' : `; of ${withheld} of them only place, time and tokens, not type and content`
    return verdict(
      'holds',
      `${scope.claim}: nothing is missing as of the head${hidden}. Not proven: what was never recorded, or doesn't name the thing${this.earlier}`,
    )
  }

  private report(signature: PackVerdict): PackVerdict {
    if (!DOCUMENTS.some((name) => this.members.has(name))) return verdict('not-claimed', 'the pack has no documents')
    if (signature.verdict === 'fails') return verdict('unknown', 'the documents are as listed, but the signature does not hold')
    return verdict('holds', 'as issued under signature; what the documents say was not recomputed')
  }

  private freshness({ comparison, witnessed, timestamped, events, kept }: Gathered): PackVerdict {
    const { origin, exportedAt } = this.manifest
    const sample = origin.includes('/simulated') ? 'the clock of this log is simulated: a sample, never evidence; ' : ''
    const seen = witnessed.seenAt === null ? null : new Date(witnessed.seenAt * 1000).toISOString()
    const outside = [seen, timestamped.time].filter((time) => time !== null).sort()[0]
    const time = outside === undefined ? `of ${events.lastAt || exportedAt}, as the signer says` : `of ${outside}, as others saw it`
    if (comparison.newer.length > 0) {
      const size = Math.max(...comparison.newer)
      return verdict(
        'fails',
        `${sample}you kept a newer head, of size ${size}: what was recorded since size ${this.manifest.size} is not in the pack`,
        { file: HEAD },
      )
    }
    const finding = kept.length > 0 ? 'holds' : 'unknown'
    return verdict(finding, `${sample}the head is ${time}; later events are unknown`)
  }

  private facts({ head, events }: Gathered): PackFacts {
    const { v: _v, members: _members, ...said } = this.manifest
    return {
      ...said,
      root: head === null ? null : toBase64(head.head.root),
      events: events.disclosed,
      withheld: events.leaves - events.disclosed,
      readable: events.readable,
      erased: events.erased,
      lastAt: events.lastAt,
    }
  }
}

const NOBODY: Witnessed = { verdict: verdict('unknown', 'the head can not be read'), seenAt: null }

/** What broken files say of order and completeness is not worth much. */
function unlessBroken(integrity: PackVerdict, found: PackVerdict): PackVerdict {
  if (found.verdict !== 'holds' || integrity.verdict !== 'fails') return found
  return verdict('unknown', 'integrity does not hold, so this can not be told')
}

function earlierText({ origin, size }: EventEnvelope['data']): string {
  return `. This log continues ${origin} from size ${size} on: what was recorded before is in that log, not in this pack`
}

function typeProblem(section: Exclude<PackSection, 'events'>, event: EventEnvelope | null): ReturnType<OnLeaf> {
  if (event !== null && TYPES[section].includes(event.type)) return null
  return { question: 'integrity', reason: `expected ${TYPES[section].join(' or ')}, found ${event?.type ?? 'a withheld event'}` }
}
