import { checkCosignatures } from '../note/cosignature.ts'
import type { VerifyEd25519 } from '../note/ed25519.ts'
import type { SignedNote } from '../note/signed-note.ts'
import { parseWitnessKey, type VerifierKey } from '../note/verifier-key.ts'
import { sameKey } from './check-signatures.ts'
import { HEAD, type PackManifest } from './manifest.ts'
import { type PackVerdict, verdict } from './verdict.ts'

export interface Witnessed {
  readonly verdict: PackVerdict
  /** The earliest time at which a witness from outside saw the head, POSIX seconds; null for none. */
  readonly seenAt: number | null
}

const MAP_LIMIT = 'Witnesses vouch that the log grew, not for its map, which anybody can recompute from the entries.'

/** Who has cosigned the head, among the witnesses that the workspace asks for and those that the reader knows. */
export async function checkWitnesses(
  note: SignedNote,
  policy: PackManifest['witnesses'],
  given: readonly VerifierKey[],
  verify: VerifyEd25519,
): Promise<Witnessed> {
  const told = (policy?.keys ?? []).map((key) => parseWitnessKey(key)).filter((key) => key !== null)
  const all = [...given, ...told.filter((key) => !given.some((other) => sameKey(key, other)))]
  const checked = await checkCosignatures(note, all, verify)
  if (checked.status === 'refused') return { verdict: verdict('fails', checked.reason, { file: HEAD }), seenAt: null }
  const known = checked.cosignatures.filter(({ key }) => given.includes(key))
  const seenAt = known.length === 0 ? null : Math.min(...known.map(({ time }) => time))
  const ofPolicy = checked.cosignatures.filter(({ key }) => told.some((other) => sameKey(key, other)))
  const missing = told.filter((key) => !ofPolicy.some((other) => sameKey(key, other.key))).map(({ name }) => name)
  const count = { all: ofPolicy.length, missing, known: known.map(({ key }) => key.name), given: given.length }
  return { verdict: finding(policy, count), seenAt }
}

interface Count {
  /** Of the policy's witnesses. */
  readonly all: number
  /** Names of the policy's witnesses that have not cosigned. */
  readonly missing: readonly string[]
  /** Names of those that the reader knows. */
  readonly known: readonly string[]
  readonly given: number
}

function finding(policy: PackManifest['witnesses'], { all, missing, known, given }: Count): PackVerdict {
  const quorum = policy?.quorum ?? 1
  const names = known.join(', ')
  if (known.length >= quorum) return verdict('holds', `cosigned by ${names}. ${MAP_LIMIT}`)
  if (policy === null) {
    if (given > 0) return verdict('partial', 'none of the witnesses you named has cosigned the head', { file: HEAD })
    return verdict('not-claimed', 'the workspace asks for no witness: that nobody was shown another history rests on the operator')
  }
  if (all < quorum) {
    const asked = `${all} of ${quorum} witnesses that the workspace asks for have cosigned the head`
    return verdict('partial', `${asked}; missing: ${missing.join(', ')}`, { file: HEAD })
  }
  const outside =
    given === 0 ? 'their keys came with the pack: compare them by another way' : `only ${known.length} of them under a key that you gave`
  return verdict('partial', `cosigned by ${all} witnesses, but ${outside}. ${MAP_LIMIT}`)
}
