import { hash } from 'node:crypto'
import { openPrivateDatabase, type PrivateConnection, type PrivateStatement, type Row } from './private-database.ts'

/** Somebody who is signed in. All instants are `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export interface Session {
  readonly workspace: string
  /** `per_…` */
  readonly person: string
  /** From this instant on it is as if it were not there. */
  readonly expiresAt: string
}

/** What whoever presents a sign-in token may do once: become this person. */
export type SignIn = Session

/**
 * Sessions and one-time sign-in tokens: secrets that must survive a restart and are no events. Tokens are made by the caller (32
 * random bytes or more, as text); only their SHA-256 is stored. Every write is durable on return.
 */
export interface SessionStore {
  putSession(token: string, session: Session): void
  /** Null when there is none, or it has expired by `now`. */
  session(token: string, now: string): Session | null
  /** Signing out. */
  deleteSession(token: string): void
  /** Signing a person out everywhere; his unused sign-in tokens go too. */
  deletePerson(person: string): void
  putSignIn(token: string, signIn: SignIn): void
  /** The first caller gets it, every later one null; so does everybody when it has expired by `now`. */
  redeemSignIn(token: string, now: string): SignIn | null
  deleteExpired(now: string): void
  close(): void
}

/** "AnnS": tells it from any other SQLite file. */
const SESSION_STORE_ID = 0x416e6e53

const steps = [
  `
    CREATE TABLE session (token BLOB PRIMARY KEY, workspace TEXT NOT NULL, person TEXT NOT NULL, expires_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX session_of_person ON session (person);
    CREATE INDEX session_expiry ON session (expires_at);
    CREATE TABLE sign_in (token BLOB PRIMARY KEY, workspace TEXT NOT NULL, person TEXT NOT NULL, expires_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
]

/**
 * @param file `sessions.db` in the data folder; made when there is none.
 * @throws StoreVersionMismatch, StoreUnavailable
 */
export function openSessionStore(file: string): SessionStore {
  return new SqliteSessionStore(openPrivateDatabase({ what: 'session store', file, applicationId: SESSION_STORE_ID, steps }, 'write'))
}

class SqliteSessionStore implements SessionStore {
  readonly #db: PrivateConnection
  readonly #putSession: PrivateStatement
  readonly #session: PrivateStatement
  readonly #deleteSession: PrivateStatement
  readonly #putSignIn: PrivateStatement
  readonly #redeem: PrivateStatement

  constructor(db: PrivateConnection) {
    this.#db = db
    this.#putSession = db.prepare('INSERT INTO session (token, workspace, person, expires_at) VALUES (?, ?, ?, ?)')
    this.#session = db.prepare('SELECT workspace, person, expires_at FROM session WHERE token = ? AND expires_at > ?')
    this.#deleteSession = db.prepare('DELETE FROM session WHERE token = ?')
    this.#putSignIn = db.prepare('INSERT INTO sign_in (token, workspace, person, expires_at) VALUES (?, ?, ?, ?)')
    this.#redeem = db.prepare('DELETE FROM sign_in WHERE token = ? RETURNING workspace, person, expires_at')
  }

  putSession(token: string, { workspace, person, expiresAt }: Session): void {
    this.#putSession.run(digest(token), workspace, person, expiresAt)
  }

  session(token: string, now: string): Session | null {
    const row = this.#session.get(digest(token), now)
    return row === undefined ? null : sessionOf(row)
  }

  deleteSession(token: string): void {
    this.#deleteSession.run(digest(token))
  }

  deletePerson(person: string): void {
    this.#deleteWhere('person = ?', person)
  }

  putSignIn(token: string, { workspace, person, expiresAt }: SignIn): void {
    this.#putSignIn.run(digest(token), workspace, person, expiresAt)
  }

  redeemSignIn(token: string, now: string): SignIn | null {
    const row = this.#redeem.get(digest(token))
    if (row === undefined) return null
    const signIn = sessionOf(row)
    return signIn.expiresAt > now ? signIn : null
  }

  deleteExpired(now: string): void {
    this.#deleteWhere('expires_at <= ?', now)
  }

  close(): void {
    this.#db.close()
  }

  #deleteWhere(condition: string, value: string): void {
    this.#db.transaction(() => {
      this.#db.prepare(`DELETE FROM session WHERE ${condition}`).run(value)
      this.#db.prepare(`DELETE FROM sign_in WHERE ${condition}`).run(value)
    })
  }
}

function sessionOf(row: Row): Session {
  return { workspace: String(row.workspace), person: String(row.person), expiresAt: String(row.expires_at) }
}

function digest(token: string): Uint8Array {
  return Buffer.from(hash('sha256', token, 'hex'), 'hex')
}
