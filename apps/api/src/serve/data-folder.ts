import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** What lies in `ANNAL_DATA`. */
export interface DataFolder {
  readonly folder: string
  readonly events: string
  readonly keys: string
  readonly sessions: string
  readonly reactions: string
  readonly views: string
  readonly search: string
  /** Registers of the past, as they are asked for; wiped at each start. */
  readonly pasts: string
  readonly tiles: string
  readonly heads: string
  readonly packs: string
  /** Up to where erasures are carried out. */
  readonly erasures: string
  /** Where events stand in the logs; made from the record again when it is missing. */
  readonly log: string
  readonly signingKey: string
  readonly socket: string
  /** There while a restore puts files into place, or after one that was killed. */
  readonly restoring: string
}

/** Makes the folder if it isn't there; only its owner may look into it. */
export function prepareDataFolder(folder: string): DataFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  return dataFolder(folder)
}

export function dataFolder(folder: string): DataFolder {
  const file = (name: string) => join(folder, name)
  return {
    folder,
    events: file('events.db'),
    keys: file('keys.db'),
    sessions: file('sessions.db'),
    reactions: file('reactions.db'),
    views: file('views.db'),
    search: file('search.db'),
    pasts: file('past'),
    tiles: file('tiles'),
    heads: file('heads'),
    packs: file('packs'),
    erasures: file('erasures.json'),
    log: file('log.db'),
    signingKey: file('signing.key'),
    socket: file('annal.sock'),
    restoring: file('restoring'),
  }
}

/** @throws while a restore has not ended: what is here may be half a record, and would be continued as a whole one. */
export function requireRestored({ folder, restoring }: DataFolder): void {
  if (existsSync(restoring))
    throw new Error(
      `A restore into ${folder} has not ended. If none runs any more, it was stopped: empty the folder but for the master key, and restore again.`,
    )
}

export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
