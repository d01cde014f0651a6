import type { EventReader, Witness } from '@annal/ledger'
import { type PackManifest, parseEventBytes, parseWitnessKey } from '@annal/proof'

type Policy = PackManifest['witnesses']

/** Which witnesses must cosign, and how many: as the newest `WitnessPolicySet` says, without one all that are configured. Null: none. */
export async function witnessPolicy(workspace: string, store: EventReader, configured: readonly Witness[]): Promise<Policy> {
  const [newest] = await store.readStream(`${workspace}.ledger-witnesses`, { direction: 'backwards', limit: 1 })
  if (newest === undefined)
    return configured.length === 0 ? null : { quorum: configured.length, keys: configured.map(({ verifierKey }) => verifierKey) }
  const parsed = parseEventBytes(newest.bytes)
  if (parsed.status === 'refused') throw new Error(`expected a witness policy in ${newest.stream}, found ${parsed.reason}`)
  return toldBy(parsed.envelope.data, `${newest.stream}/${newest.id}`)
}

function toldBy({ quorum, witnesses }: Readonly<Record<string, unknown>>, where: string): Policy {
  const told = Array.isArray(witnesses) ? witnesses : []
  const keys = [...new Set(told.map((witness: { readonly verifierKey?: unknown }) => String(witness.verifierKey)))]
  if (typeof quorum !== 'number' || keys.some((key) => parseWitnessKey(key) === null))
    throw new Error(`expected a quorum and keys of witnesses in ${where}, found others`)
  return quorum === 0 ? null : { quorum, keys }
}
