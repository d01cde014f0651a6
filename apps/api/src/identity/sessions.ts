import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { newSecret, secretHash } from './secret.ts'

export interface Session {
  /** The hash of the token: it names the session and can't be used as one. */
  readonly id: string
  readonly workspace: string
  readonly person: string
  readonly expiresAt: number
}

export const SESSION_HOURS = 12

/**
 * The dashboard's sessions, in a file of their own: they are no events, and no view can be rebuilt into them. Only hashes of tokens are kept.
 */
export class Sessions {
  private readonly db: DatabaseSync

  constructor(
    file: string,
    private readonly now: () => number,
  ) {
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
    this.db = new DatabaseSync(file)
    this.db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -500;
      CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, workspace TEXT NOT NULL, person TEXT NOT NULL, expires_at INTEGER NOT NULL)
      WITHOUT ROWID`)
  }

  /** The new session's token, which is given to the browser and kept nowhere. */
  open(workspace: string, person: string): string {
    const token = newSecret()
    this.db.prepare('DELETE FROM session WHERE expires_at <= ?').run(this.now())
    this.db
      .prepare('INSERT INTO session VALUES (?, ?, ?, ?)')
      .run(secretHash(token), workspace, person, this.now() + SESSION_HOURS * 3_600_000)
    return token
  }

  find(token: string): Session | null {
    const row = this.db.prepare('SELECT id, workspace, person, expires_at FROM session WHERE id = ?').get(secretHash(token))
    if (row === undefined || Number(row.expires_at) <= this.now()) return null
    return { id: String(row.id), workspace: String(row.workspace), person: String(row.person), expiresAt: Number(row.expires_at) }
  }

  end(token: string): void {
    this.db.prepare('DELETE FROM session WHERE id = ?').run(secretHash(token))
  }

  close(): void {
    this.db.close()
  }
}
