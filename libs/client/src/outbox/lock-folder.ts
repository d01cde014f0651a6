import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { OutboxLocked } from '../errors.ts'

/** Nobody else may refer to them: what is collected as garbage would be unlocked. */
const held = new Set<DatabaseSync>()

/**
 * Makes this client the only one of the folder until it calls what it gets or its process ends, however it ends: the lock is the
 * operating system's, on an empty SQLite file, held by a transaction that never writes.
 * @throws OutboxLocked
 */
export function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, 'lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new OutboxLocked(`${folder} is the outbox of another client: give each client a folder of its own`, { cause: error })
  }
  held.add(lock)
  return () => {
    held.delete(lock)
    lock.close()
  }
}
