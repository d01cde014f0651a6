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
const CONSTRAINT_UNIQUE = 2067

/** SQLite's failure in the port's words; anything else comes back as it is. */
export function storeFailure(error: unknown): unknown {
  const code = resultCode(error)
  if (code === null || !(error instanceof Error)) return error
  const options = { cause: error }
  if (code === IOERR_SHMSIZE) return new StoreFull('no room is left for the event store', options)
  switch (code & 0xff) {
    case FULL:
      return new StoreFull('no room is left for the event store', options)
    case BUSY:
    case READONLY:
    case IOERR:
    case CANTOPEN:
      return new StoreUnavailable(`the event store can't be used: ${error.message}`, options)
    case CORRUPT:
    case NOTADB:
      return new StoreCorrupt(`the event store's file is damaged: ${error.message}`, options)
  }
  return error
}

export function isUniqueViolation(error: unknown): boolean {
  return resultCode(error) === CONSTRAINT_UNIQUE
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error)
  return code !== null && (code & 0xff) === BUSY
}

function resultCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null
}
