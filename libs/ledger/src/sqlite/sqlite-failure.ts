import { StoreCorrupt, StoreFull, StoreUnavailable } from '../event-store.ts'

/** Primary result codes (https://sqlite.org/rescode.html); extended ones carry them in their low byte. */
const BUSY = 5
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const CONSTRAINT = 19
const NOTADB = 26
/** The shared index of the WAL could not grow. */
const IOERR_SHMSIZE = 4874

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
    // Nothing that was checked before it is written can break a constraint of the schema.
    case CONSTRAINT:
      return new StoreCorrupt(`the event store's file does not hold what it should: ${error.message}`, options)
  }
  return error
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error)
  return code !== null && (code & 0xff) === BUSY
}

function resultCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null
}
