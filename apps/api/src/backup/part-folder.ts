import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { holdWriterLock, StoreLocked } from '@annal/ledger'

/** Where a backup is made, beside its place. Nobody else has it while its lock is held, and who ends without a word leaves the lock free. */
export interface PartFolder {
  readonly part: string
  /** What is left of it, and its lock. */
  remove(): void
}

const LOCK = /\.part-[0-9a-f]{12}-lock$/

export function openPart(to: string): PartFolder {
  const part = `${to}.part-${randomBytes(6).toString('hex')}`
  const lock = holdWriterLock(part)
  const remove = () => removePart(part, lock)
  try {
    mkdirSync(part, { mode: 0o700 })
  } catch (error) {
    remove()
    throw error
  }
  return { part, remove }
}

/**
 * Removes what backups that were killed left beside the place `to`: there are keys in it, which would outlive every erasure.
 * @returns the folders.
 */
export function removeAbandonedParts(to: string): string[] {
  const beside = dirname(to)
  const locks = existsSync(beside) ? readdirSync(beside).filter((name) => LOCK.test(name)) : []
  return locks.map((name) => join(beside, name.slice(0, -'-lock'.length))).filter(removeIfAbandoned)
}

function removeIfAbandoned(part: string): boolean {
  try {
    const lock = holdWriterLock(part)
    const existed = existsSync(part)
    removePart(part, lock)
    return existed
  } catch (error) {
    if (error instanceof StoreLocked) return false
    throw error
  }
}

/** The lock's file last, and while it is held: who is killed here leaves what the next one finds. */
function removePart(part: string, lock: { release(): void }): void {
  rmSync(part, { recursive: true, force: true })
  rmSync(`${part}-lock`, { force: true })
  lock.release()
}
