import { createHash, type Hash } from 'node:crypto'
import { openDisclosed } from '@annal/ledger'
import type { PackContents, PackDocument } from '@annal/proof'
import type { TextSink } from '../report/event-lists.ts'
import { PackDocuments } from '../report/pack-documents.ts'
import { reportEvent } from '../report/report-event.ts'
import type { FrameFacts } from '../report/report-frame.ts'

export interface RecomputedDocuments {
  /** SHA-256 in hex, as it must be, in the order in which the documents stand in a pack. */
  readonly digests: ReadonlyMap<string, string>
  /** Events that the pack withholds: documents that tell of them can't be made again. */
  readonly withheld: number
}

/** Makes the documents again from what the pack itself discloses. Nothing else is asked: no store, no key, no clock. */
export async function recomputeDocuments(pack: PackContents, facts: FrameFacts): Promise<RecomputedDocuments> {
  const [csv, html] = [new HashedText(), new HashedText()]
  const documents = new PackDocuments(facts, { csv, html })
  let withheld = 0
  for await (const { leaf, event } of pack.leaves('events')) {
    if (event === null) withheld++
    else documents.add(leaf, reportEvent(event.envelope, openDisclosed(event.envelope, event.keys)))
  }
  documents.end()
  const summaries = await documents.summaries(await pack.headNote(), await disclosedNames(pack))
  const digests = new Map<PackDocument, string>([
    ...summaries.map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')] as const),
    ['events.html', html.digest()],
    ['events.csv', csv.digest()],
  ])
  return { digests, withheld }
}

class HashedText implements TextSink {
  private readonly hash: Hash = createHash('sha256')

  write(text: string): void {
    this.hash.update(text)
  }

  digest(): string {
    return this.hash.digest('hex')
  }
}

/** Of people, by their ids, from the profiles that the pack discloses. */
async function disclosedNames(pack: PackContents): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for await (const { event } of pack.leaves('names')) {
    if (event === null) continue
    const { envelope, keys } = event
    const { name } = openDisclosed(envelope, keys)
    if (typeof name === 'string') names.set(envelope.stream.slice(`${envelope.workspace}.person-`.length), name)
  }
  return names
}
