import { ContainerProblem, type ContainerSource, type MemberReading } from '../container/read-container.ts'
import { checkManifestNote } from './check-signatures.ts'
import { Findings } from './findings.ts'
import type { Fraud } from './fraud.ts'
import { type OpenedPack, openPack } from './open-pack.ts'
import { PackCheck } from './pack-check.ts'
import { PackMembers } from './pack-members.ts'
import { JAVASCRIPT_PACK_READING, NO_ANCHORS, type PackAnchors, type PackFacts, type PackReading } from './pack-reading.ts'
import { type Outcome, outcomeOf, QUESTIONS, type Verdicts, verdict } from './verdict.ts'

export interface PackProgress {
  /** Bytes of the pack. */
  readonly done: number
  readonly total: number
}

export interface PackVerification {
  readonly outcome: Outcome
  readonly verdicts: Verdicts
  /** All that was found that no honest log does. */
  readonly frauds: readonly Fraud[]
  /** Null when the manifest can't be read. */
  readonly facts: PackFacts | null
}

/**
 * Checks an evidence pack from its first byte to its last, as a stream: memory is a few chunks and what is remembered of each token and
 * stream. Every question gets its own verdict; `outcome` sums them up.
 */
export async function verifyPack(
  source: ContainerSource,
  anchors: PackAnchors = NO_ANCHORS,
  {
    reading = JAVASCRIPT_PACK_READING,
    onProgress,
  }: { readonly reading?: PackReading; readonly onProgress?: (progress: PackProgress) => void } = {},
): Promise<PackVerification> {
  const findings = new Findings()
  let done = 0
  const counted: MemberReading = {
    ...reading,
    onRead: (bytes) => {
      done += bytes
      onProgress?.({ done, total: source.size })
    },
  }
  const opened = await open(source, counted, findings)
  if (opened === null) return unreadable(findings)
  const { manifest, members, bytes } = opened
  await checkManifestNote(manifest, bytes, { digests: reading.digests, verify: reading.verify, findings })
  const packMembers = new PackMembers({ source, members, told: manifest.members }, counted, findings)
  const { verdicts, facts } = await new PackCheck(manifest, packMembers, { anchors, reading, findings }).run()
  onProgress?.({ done: source.size, total: source.size })
  return { outcome: outcomeOf(verdicts), verdicts, frauds: findings.frauds, facts }
}

/** The container and its manifest, or null with a finding. */
async function open(source: ContainerSource, reading: MemberReading, findings: Findings): Promise<OpenedPack | null> {
  try {
    return await openPack(source, reading)
  } catch (error) {
    if (!(error instanceof ContainerProblem)) throw error
    findings.fail('integrity', error.message, { file: error.member, byte: error.at })
    return null
  }
}

function unreadable(findings: Findings): PackVerification {
  const unknown = verdict('unknown', 'the pack could not be read')
  const entries = QUESTIONS.map((question) => [question, findings.or(question, unknown)] as const)
  const verdicts = { ...EVERY_UNKNOWN, ...Object.fromEntries(entries) }
  return { outcome: 'fails', verdicts, frauds: findings.frauds, facts: null }
}

const UNKNOWN = verdict('unknown', 'the pack could not be read')
const EVERY_UNKNOWN: Verdicts = {
  integrity: UNKNOWN,
  signature: UNKNOWN,
  order: UNKNOWN,
  completeness: UNKNOWN,
  witnessing: UNKNOWN,
  timestamp: UNKNOWN,
  report: UNKNOWN,
  freshness: UNKNOWN,
}
