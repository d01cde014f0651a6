import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** What the player must know when it starts again. It lies beside the record, for its owner only: the key and the sessions are in it. */
export interface SampleNotes {
  /** When the story ends, ms since 1970. */
  readonly end: number
  readonly workspace: string | null
  readonly key: string | null
  /** By the person's key in the story. */
  readonly people: Readonly<Record<string, { readonly id: string; readonly cookie: string }>>
  /** So many events the story has, all recorded. Null: not all of them are. */
  readonly told: number | null
}

export function readNotes(file: string): SampleNotes | null {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

export function writeNotes(file: string, notes: SampleNotes): SampleNotes {
  writeFileSync(`${file}.new`, `${JSON.stringify(notes, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
  return notes
}
