import { concealEvent, nodeDigests, openDisclosed } from '@annal/ledger'
import { commitment, decodeUtf8, type PackLeaf } from '@annal/proof'
import { type ReportEvent, reportEvent } from '../report/report-event.ts'
import type { BuildSurroundings } from './build-surroundings.ts'
import type { PackLog, PlacedEvent } from './pack-log.ts'

/** A stored event as a pack shows it, and as its report reads it: from what the pack discloses and from nothing else. */
export interface ShownEvent {
  readonly leaf: PackLeaf
  readonly read: ReportEvent
}

/** @throws when the entry at that leaf commits to another event. */
export async function packLeaf({ leaf, recorded }: PlacedEvent, log: PackLog, around: BuildSurroundings): Promise<ShownEvent> {
  const entry = log.entry(leaf)
  requireCommitment(entry, commitment(recorded.salt, recorded.bytes, nodeDigests), `${recorded.stream}/${recorded.id}`)
  const { envelope, sealed } = concealEvent(recorded)
  around.keys.noticeDestructions()
  const keys = sealed.length === 0 ? {} : await around.disclosures.of(envelope)
  const event = { bytes: recorded.bytes, salt: recorded.salt, keys }
  return { leaf: { index: leaf, entry, event }, read: reportEvent(envelope, openDisclosed(envelope, keys)) }
}

function requireCommitment(entry: Uint8Array, expected: string, event: string): void {
  const text = decodeUtf8(entry)
  if (text.status === 'refused' || !text.text.includes(`"commit":"${expected}"`))
    throw new Error(`expected the log's entry to commit to ${event}, found another: the log and the store disagree`)
}
