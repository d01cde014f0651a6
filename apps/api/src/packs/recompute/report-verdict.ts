import { StoreCorrupt } from '@annal/ledger'
import { type PackContents, type PackManifest, type PackVerdict, verdict } from '@annal/proof'
import { release } from '../built-release.ts'
import { recomputeDocuments } from './recompute-documents.ts'

/** What recomputing says of the documents of a pack whose bytes hold. */
export async function reportVerdict(pack: PackContents): Promise<PackVerdict> {
  const { report } = pack.manifest
  if (report === undefined)
    return verdict('partial', 'not recomputed: the pack does not say what its documents were made of, besides the events')
  try {
    return await compared(pack, { ...pack.manifest, report })
  } catch (error) {
    if (!(error instanceof StoreCorrupt)) throw error
    return verdict('fails', `recomputed: ${error.message}`, { file: 'events.jsonl' })
  }
}

async function compared(pack: PackContents, manifest: Required<PackManifest>): Promise<PackVerdict> {
  const { digests, withheld } = await recomputeDocuments(pack, manifest)
  if (withheld > 0) return verdict('partial', `not recomputed: the pack withholds ${withheld} of the events that its documents tell of`)
  const shown = manifest.members.filter(({ name }) => digests.has(name))
  const other = shown.find(({ name, sha256 }) => digests.get(name) !== sha256)
  if (other !== undefined) return differs(other.name, manifest.release)
  if (shown.length === 0) return verdict('not-claimed', 'the pack has no documents that can be recomputed')
  return verdict('holds', `recomputed: matches (${shown.map(({ name }) => name).join(', ')})`)
}

/** Another release may word the same facts in another way. */
function differs(file: string, writer: string): PackVerdict {
  if (writer === release) return verdict('fails', `recomputed: ${file} is not what the events of this pack give`, { file })
  const reason = `recomputed by ${release}: ${file} differs; the pack was written by ${writer}: recompute it with that release`
  return verdict('partial', reason, { file })
}
