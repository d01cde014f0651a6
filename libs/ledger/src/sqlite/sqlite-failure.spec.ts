import { describe, expect, it } from 'vitest'
import { storeFailure } from './sqlite-failure.ts'

/** As node:sqlite throws it. */
function sqliteError(errcode: number): Error {
  return Object.assign(new Error('from SQLite'), { code: 'ERR_SQLITE_ERROR', errcode })
}

describe("SQLite's failures in the port's words", () => {
  it.each([
    ['SQLITE_FULL', 13, 'StoreFull'],
    ['SQLITE_IOERR_SHMSIZE', 4874, 'StoreFull'],
    ['SQLITE_IOERR', 10, 'StoreUnavailable'],
    ['SQLITE_IOERR_WRITE', 778, 'StoreUnavailable'],
    ['SQLITE_IOERR_FSYNC', 1034, 'StoreUnavailable'],
    ['SQLITE_BUSY', 5, 'StoreUnavailable'],
    ['SQLITE_READONLY', 8, 'StoreUnavailable'],
    ['SQLITE_CANTOPEN', 14, 'StoreUnavailable'],
    ['SQLITE_CORRUPT_INDEX', 779, 'StoreCorrupt'],
    ['SQLITE_NOTADB', 26, 'StoreCorrupt'],
    ['SQLITE_CONSTRAINT_UNIQUE', 2067, 'StoreCorrupt'],
  ])('%s', (_, errcode, name) => {
    const error = sqliteError(errcode)
    expect(storeFailure(error)).toMatchObject({ name, cause: error })
  })

  it('leaves what is no failure of the disk as it is', () => {
    for (const error of [sqliteError(1), new Error('a bug'), 'text', null]) expect(storeFailure(error)).toBe(error)
  })
})
