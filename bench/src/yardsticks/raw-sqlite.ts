import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { PlainRow } from './plain-row.ts'

/** Raw node:sqlite inserts of the same rows in batches: one transaction a batch, WAL; gives rows per second. */
export function rawInserts({
  rows,
  batch,
  synchronous,
}: {
  rows: readonly PlainRow[]
  batch: number
  synchronous: 'FULL' | 'NORMAL'
}): number {
  const folder = mkdtempSync(join(tmpdir(), 'annal-bench-sqlite-'))
  const db = new DatabaseSync(join(folder, 'rows.db'))
  db.exec(`pragma journal_mode = wal; pragma synchronous = ${synchronous};
    create table event (position integer primary key, stream text not null, version integer not null, id text not null,
      bytes blob not null, salt blob not null, unique (stream, version));`)
  const insert = db.prepare('insert into event (stream, version, id, bytes, salt) values (?, ?, ?, ?, ?)')
  const started = performance.now()
  for (let from = 0; from < rows.length; from += batch) {
    db.exec('begin immediate')
    for (const row of rows.slice(from, from + batch)) insert.run(row.stream, row.version, row.id, row.bytes, row.salt)
    db.exec('commit')
  }
  const seconds = (performance.now() - started) / 1000
  db.close()
  rmSync(folder, { recursive: true, force: true })
  return rows.length / seconds
}
