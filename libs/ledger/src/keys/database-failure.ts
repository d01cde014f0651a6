import { StoreCorrupt, StoreFull, StoreUnavailable } from '../event-store.ts'

/** Primary result codes (https://sqlite.org/rescode.html); extended ones carry them in their low byte. */
const BUSY = 5
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const NOTADB = 26
/** The shared index of the WAL could not grow. */
const IOERR_SHMSIZE = 4874

/** SQLite's failure in the words of the store's port; anything else comes back as it is. */
export function databaseFailure(what: string, error: unknown): unknown {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return error
  const options = { cause: error }
  if (error.errcode === IOERR_SHMSIZE) return new StoreFull(`no room is left for the ${what}`, options)
  switch (error.errcode & 0xff) {
    case FULL:
      return new StoreFull(`no room is left for the ${what}`, options)
    case BUSY:
    case READONLY:
    case IOERR:
    case CANTOPEN:
      return new StoreUnavailable(`the ${what} can't be used: ${error.message}`, options)
    case CORRUPT:
    case NOTADB:
      return new StoreCorrupt(`the ${what}'s file is damaged: ${error.message}`, options)
  }
  return error
}
