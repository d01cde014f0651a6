import { DatabaseSync } from 'node:sqlite'
import { StoreLocked } from '../event-store.ts'
import { isBusy, storeFailure } from './sqlite-failure.ts'

/** Nobody else may refer to them: what is collected as garbage would be unlocked. */
const held = new Set<DatabaseSync>()

/**
 * Makes this process the only writer beside `file` until `release` is called or the process ends, however it ends: the lock is the
 * operating system's, on an empty SQLite file `<file>-lock`, held by a transaction that never writes.
 * @throws StoreLocked when another holds it.
 */
export function holdWriterLock(file: string): { release(): void } {
  const lock = `${file}-lock`
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(lock, { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db?.close()
    if (isBusy(error))
      throw new StoreLocked(`${file} is open for writing in another process: stop that one, or use another data folder`, { cause: error })
    throw storeFailure(error)
  }
  const holder = db
  held.add(holder)
  return {
    release: () => {
      held.delete(holder)
      holder.close()
    },
  }
}
