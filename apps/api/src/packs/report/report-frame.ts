import { isSimulated } from '@annal/ledger'
import { type PackManifest, type PackReport, parseNote, parseTreeHead, parseWitnessKey, toBase64 } from '@annal/proof'
import { completenessSentence, notProvenSentences } from './claims.ts'
import type { ReportFrame, ReportHead } from './report.ts'
import { scopeText } from './scope-text.ts'

/** What the manifest says, as far as the documents are made of it. */
export interface FrameFacts
  extends Pick<PackManifest, 'release' | 'origin' | 'workspace' | 'size' | 'exportedBy' | 'purpose' | 'scope' | 'keys' | 'witnesses'> {
  readonly report: PackReport
}

/**
 * The first page: of manifest, head, names and the number of events alone, so that whoever has the pack can make it again.
 * @param events how many the pack discloses.
 * @param note the signed tree head with its cosignatures.
 */
export function reportFrame(facts: FrameFacts, events: number, note: Uint8Array, names: ReadonlyMap<string, string>): ReportFrame {
  const { report, scope } = facts
  return {
    pack: report.pack,
    workspace: { id: facts.workspace, name: report.workspaceName },
    scope: scopeText(scope),
    purpose: facts.purpose,
    requester: facts.exportedBy.id,
    simulatedClock: isSimulated(facts.origin),
    release: facts.release,
    head: reportHead(facts, note),
    completeness: completenessSentence(facts, events),
    notProven: notProvenSentences({ ...facts, withNames: report.withNames }),
    names,
  }
}

function reportHead({ origin, size, keys, report, witnesses: policy }: FrameFacts, bytes: Uint8Array): ReportHead {
  const parsed = parseNote(bytes)
  const head = parsed.status === 'parsed' ? parseTreeHead(parsed.note.text) : parsed
  if (parsed.status === 'refused' || head.status === 'refused')
    throw new Error(`expected a signed tree head of ${origin}, found another note`)
  // The log's keys bear the origin as their name: whoever else signed is a witness.
  const witnesses = parsed.note.signatures.filter(({ name }) => name !== origin).map(({ name }) => name)
  return {
    origin,
    size: String(size),
    root: toBase64(head.head.root),
    signedAt: report.signedAt,
    witnesses,
    policy: policy === null ? null : { quorum: policy.quorum, of: policy.keys.length, missing: missingOf(policy.keys, witnesses) },
    timestamps: report.authorities,
    key: keys.join(' '),
  }
}

function missingOf(keys: readonly string[], cosigned: readonly string[]): string[] {
  const asked = keys.map((key) => parseWitnessKey(key)?.name ?? key)
  return asked.filter((name) => !cosigned.includes(name))
}
