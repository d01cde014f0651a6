import { commitment, type Entry, parseEntry } from '@annal/proof'
import { comparePositions, type EventReader, StoreCorrupt } from '../../event-store.ts'
import { nodeDigests } from '../../keys/node-digests.ts'
import { type Checkpoint, ENDED, type LogCheckpoint } from '../index/seal-index.ts'
import { LogTiles } from '../tiles/log-tiles.ts'

/**
 * Whether the logs may go on from their checkpoint: the store still holds the last event of each, the files hold its entry and its time. Otherwise
 * everything is made from the events again, and then the signed heads say who went back.
 */
export async function isTrusted({ position, logs }: Checkpoint, events: EventReader, folderOf: (name: string) => string): Promise<boolean> {
  const head = await events.head()
  if (head === null || comparePositions(head, position) < 0) return false
  for (const log of logs) if (!(await isLogTrusted(log, events, folderOf(log.name)))) return false
  return true
}

async function isLogTrusted({ size, at, last, closed }: LogCheckpoint, events: EventReader, folder: string): Promise<boolean> {
  if (closed !== null) return closed === ENDED
  if (last === null) return size === 0
  const event = await events.findEvent(last.stream, last.id)
  if (event === null || event.position !== last.position) return false
  const entry = lastEntry(folder, size)
  return entry?.at === at && entry.commit === commitment(event.salt, event.bytes, nodeDigests)
}

/** What the files say of the last leaf, or null when they don't hold so many. */
function lastEntry(folder: string, size: number): Entry | null {
  const tiles = new LogTiles(folder)
  try {
    if (!tiles.holds(size)) return null
    const parsed = parseEntry(tiles.entry(size - 1))
    return parsed.status === 'parsed' && parsed.entry.seq === size - 1 ? parsed.entry : null
  } catch (error) {
    if (error instanceof StoreCorrupt) return null
    throw error
  } finally {
    tiles.close()
  }
}
