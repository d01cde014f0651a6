import { rmSync } from 'node:fs'
import { openSqliteReadModel } from './open-sqlite-read-model.ts'
import type { ReadModel } from './read-model.ts'

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const DAMAGED = [11, 26]

export interface ViewsFile {
  readonly file: string
  readonly removed: (reason: Error) => void
}

/**
 * Opens a file of views for writing. Views come from the record, so a file that is no database any more is removed, and they are made anew;
 * kept aside it would keep words that an erasure must reach.
 * @throws ReadModelUnavailable when the file can't be opened.
 */
export function openViewsFile({ file, removed }: ViewsFile): ReadModel {
  try {
    return openSqliteReadModel({ file, mode: 'write' })
  } catch (error) {
    if (!(error instanceof Error && 'errcode' in error && DAMAGED.includes(Number(error.errcode) & 0xff))) throw error
    for (const part of ['-wal', '-shm', '']) rmSync(`${file}${part}`, { force: true })
    removed(new Error(`${file} is damaged and was removed: its views are made anew from the record`, { cause: error }))
    return openSqliteReadModel({ file, mode: 'write' })
  }
}
