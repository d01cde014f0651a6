import { createHmac, hash, hkdfSync } from 'node:crypto'
import { StoreUnavailable } from '../event-store.ts'
import { tryEmptyLog } from './destroy-keys.ts'
import type { MasterKey } from './master-key.ts'
import { openPrivateDatabase, type PrivateConnection, type PrivateStatement, type Row } from './private-database.ts'

/** Somebody who is signed in. All instants are `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export interface Session {
  /** `ses_…`: names the session without being its token. */
  readonly id: string
  /** Where he signed in. */
  readonly workspace: string
  /** `per_…` */
  readonly person: string
  readonly startedAt: string
  readonly lastSeenAt: string
  /** From this instant on it is as if it were not there, however busy. */
  readonly expiresAt: string
  /** What the browser calls itself, or null. */
  readonly client: string | null
}

/** What lets whoever presents its token become this person, once. */
export interface Link {
  readonly id: string
  readonly purpose: 'invitation' | 'sign-in'
  readonly workspace: string
  readonly person: string
  readonly expiresAt: string
  /** Whether it went out by e-mail. */
  readonly sent: boolean
}

/** The link is told of a refused token that was one's, so that the refusal can be recorded with the person. */
export type RedeemOutcome =
  | { readonly status: 'redeemed'; readonly link: Link }
  | { readonly status: 'refused'; readonly because: 'used' | 'expired'; readonly link: Link }
  | { readonly status: 'refused'; readonly because: 'unknown'; readonly link: null }

/** `now` and the instant after which a session must have been seen to count. */
export interface SessionTime {
  readonly now: string
  readonly seenAfter: string
}

/** The entries behind a key, newest first; null: from the newest on. */
export interface NewestFirst {
  readonly after: { readonly at: string; readonly id: string } | null
  readonly limit: number
}

export interface Person {
  readonly workspace: string
  readonly person: string
}

/**
 * Sessions, one-time links and where to write to whom: secrets that must survive a restart and are no events. Tokens are made by the
 * caller (32 random bytes or more, as text); only their SHA-256 is stored. Of an e-mail address only an HMAC under a key derived from the
 * master key is stored. Every write is durable on return.
 */
export interface SessionStore {
  putSession(token: string, session: Session): void
  /** Null when there is none, it has expired, or it was not seen for too long. */
  session(token: string, time: SessionTime): Session | null
  sessionById(id: string, time: SessionTime): Session | null
  /** By `startedAt`, then id; those begun in one workspace, or all. */
  sessionsOf(whose: { readonly person: string; readonly workspace: string | null }, time: SessionTime, page: NewestFirst): Session[]
  seen(id: string, at: string): void
  /** Signing out. */
  deleteSession(token: string): void
  deleteSessionById(id: string): void
  /** Signing a person out everywhere; his unused links and his addresses go too. */
  deletePerson(person: string): void
  putLink(token: string, link: Link): void
  markSent(id: string): void
  /** The first caller gets it, every later one is told that it was used. */
  redeem(token: string, now: string): RedeemOutcome
  /** Makes a link good again whose redeeming came to nothing. */
  unredeem(token: string): void
  /** Invitations of a workspace that are still good, by `expiresAt`, then id. */
  invitations(workspace: string, now: string, page: NewestFirst): Link[]
  invitation(workspace: string, id: string, now: string): Link | null
  /** His links are good no more. */
  deleteLinks(person: string): void
  /** The one address at which a person of this workspace asks for links; the one before is forgotten. */
  putAddress(person: Person, address: string): void
  deleteAddress(person: Person): void
  /** Who in this workspace can ask for links. */
  personsWithAddress(workspace: string): string[]
  /** The same as `deleteAddress`, and nothing of it is left in the file and its log. Repeating it finishes what a crash cut short. */
  eraseAddress(person: Person): void
  /** Whose address it is; `address` as it was put. */
  personsAt(address: string): Person[]
  deleteExpired(now: string): void
  close(): void
}

/** "AnnS": tells it from any other SQLite file. */
const SESSION_STORE_ID = 0x416e6e53
/** For so long, in ms, it is told of a link that it has expired, instead of that nobody knows it. */
const EXPIRED_KNOWN = 7 * 86_400_000

const steps = [
  `
    CREATE TABLE session (token BLOB PRIMARY KEY, workspace TEXT NOT NULL, person TEXT NOT NULL, expires_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX session_of_person ON session (person);
    CREATE INDEX session_expiry ON session (expires_at);
    CREATE TABLE sign_in (token BLOB PRIMARY KEY, workspace TEXT NOT NULL, person TEXT NOT NULL, expires_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
    DROP TABLE session;
    DROP TABLE sign_in;
    CREATE TABLE session (
      token BLOB PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      workspace TEXT NOT NULL,
      person TEXT NOT NULL,
      started_at TEXT NOT NULL,
      seen_at TEXT NOT NULL,
      expires_at TEXT NOT NULL,
      client TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_of_person ON session (person, started_at, id);
    CREATE INDEX session_expiry ON session (expires_at);
    CREATE TABLE link (
      token BLOB PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'sign-in')),
      workspace TEXT NOT NULL,
      person TEXT NOT NULL,
      expires_at TEXT NOT NULL,
      sent INTEGER NOT NULL CHECK (sent IN (0, 1)),
      used INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX link_of_person ON link (person);
    CREATE INDEX link_expiry ON link (expires_at);
    CREATE INDEX invitation ON link (workspace, expires_at, id) WHERE purpose = 'invitation' AND used = 0;
    CREATE TABLE address (workspace TEXT NOT NULL, person TEXT NOT NULL, mac BLOB NOT NULL, PRIMARY KEY (workspace, person)) STRICT, WITHOUT ROWID;
    CREATE INDEX address_mac ON address (mac);
  `,
]

const SESSION = 'id, workspace, person, started_at, seen_at, expires_at, client'
const LINK = 'id, purpose, workspace, person, expires_at, sent, used'
const FIRST_KEY = { at: '~', id: '~' }

/**
 * @param file `sessions.db` in the data folder; made when there is none.
 * @throws StoreVersionMismatch, StoreUnavailable
 */
export function openSessionStore(file: string, masterKey: MasterKey): SessionStore {
  const db = openPrivateDatabase({ what: 'session store', file, applicationId: SESSION_STORE_ID, steps }, 'write')
  return new SqliteSessionStore(db, Buffer.from(hkdfSync('sha256', masterKey, '', 'annal/address/v1', 32)))
}

class SqliteSessionStore implements SessionStore {
  readonly #db: PrivateConnection
  readonly #addressKey: Uint8Array
  readonly #session: PrivateStatement

  constructor(db: PrivateConnection, addressKey: Uint8Array) {
    this.#db = db
    this.#addressKey = addressKey
    this.#session = db.prepare(`SELECT ${SESSION} FROM session WHERE token = ? AND expires_at > ? AND seen_at > ?`)
  }

  putSession(token: string, { id, workspace, person, startedAt, lastSeenAt, expiresAt, client }: Session): void {
    this.#db
      .prepare(`INSERT INTO session (token, ${SESSION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
      .run(digest(token), id, workspace, person, startedAt, lastSeenAt, expiresAt, client)
  }

  session(token: string, { now, seenAfter }: SessionTime): Session | null {
    return sessionOf(this.#session.get(digest(token), now, seenAfter))
  }

  sessionById(id: string, { now, seenAfter }: SessionTime): Session | null {
    const row = this.#db.prepare(`SELECT ${SESSION} FROM session WHERE id = ? AND expires_at > ? AND seen_at > ?`).get(id, now, seenAfter)
    return sessionOf(row)
  }

  sessionsOf(
    { person, workspace }: { readonly person: string; readonly workspace: string | null },
    { now, seenAfter }: SessionTime,
    { after, limit }: NewestFirst,
  ): Session[] {
    const { at, id } = after ?? FIRST_KEY
    return this.#db
      .prepare(
        `SELECT ${SESSION} FROM session WHERE person = ? AND (started_at, id) < (?, ?) AND expires_at > ? AND seen_at > ? AND workspace = coalesce(?, workspace)
         ORDER BY started_at DESC, id DESC LIMIT ?`,
      )
      .all(person, at, id, now, seenAfter, workspace, limit)
      .flatMap((row) => sessionOf(row) ?? [])
  }

  seen(id: string, at: string): void {
    this.#db.prepare('UPDATE session SET seen_at = ? WHERE id = ?').run(at, id)
  }

  deleteSession(token: string): void {
    this.#db.prepare('DELETE FROM session WHERE token = ?').run(digest(token))
  }

  deleteSessionById(id: string): void {
    this.#db.prepare('DELETE FROM session WHERE id = ?').run(id)
  }

  deletePerson(person: string): void {
    this.#db.transaction(() => {
      for (const table of ['session', 'link', 'address']) this.#db.prepare(`DELETE FROM ${table} WHERE person = ?`).run(person)
    })
  }

  putLink(token: string, { id, purpose, workspace, person, expiresAt, sent }: Link): void {
    this.#db
      .prepare('INSERT INTO link (token, id, purpose, workspace, person, expires_at, sent) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(digest(token), id, purpose, workspace, person, expiresAt, sent ? 1 : 0)
  }

  markSent(id: string): void {
    this.#db.prepare('UPDATE link SET sent = 1 WHERE id = ?').run(id)
  }

  redeem(token: string, now: string): RedeemOutcome {
    const key = digest(token)
    return this.#db.transaction((): RedeemOutcome => {
      const row = this.#db.prepare(`SELECT ${LINK} FROM link WHERE token = ?`).get(key)
      if (row === undefined) return { status: 'refused', because: 'unknown', link: null }
      const link = linkOf(row)
      if (row.used === 1) return { status: 'refused', because: 'used', link }
      if (link.expiresAt <= now) return { status: 'refused', because: 'expired', link }
      this.#db.prepare('UPDATE link SET used = 1 WHERE token = ?').run(key)
      return { status: 'redeemed', link }
    })
  }

  unredeem(token: string): void {
    this.#db.prepare('UPDATE link SET used = 0 WHERE token = ?').run(digest(token))
  }

  invitations(workspace: string, now: string, { after, limit }: NewestFirst): Link[] {
    const { at, id } = after ?? FIRST_KEY
    return this.#db
      .prepare(
        `SELECT ${LINK} FROM link WHERE purpose = 'invitation' AND used = 0 AND workspace = ? AND expires_at > ? AND (expires_at, id) < (?, ?)
         ORDER BY expires_at DESC, id DESC LIMIT ?`,
      )
      .all(workspace, now, at, id, limit)
      .map(linkOf)
  }

  invitation(workspace: string, id: string, now: string): Link | null {
    const row = this.#db
      .prepare(`SELECT ${LINK} FROM link WHERE purpose = 'invitation' AND used = 0 AND workspace = ? AND id = ? AND expires_at > ?`)
      .get(workspace, id, now)
    return row === undefined ? null : linkOf(row)
  }

  deleteLinks(person: string): void {
    this.#db.prepare('DELETE FROM link WHERE person = ? AND used = 0').run(person)
  }

  putAddress({ workspace, person }: Person, address: string): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO address (workspace, person, mac) VALUES (?, ?, ?)')
      .run(workspace, person, this.#addressMac(address))
  }

  deleteAddress({ workspace, person }: Person): void {
    this.#db.prepare('DELETE FROM address WHERE workspace = ? AND person = ?').run(workspace, person)
  }

  personsWithAddress(workspace: string): string[] {
    return this.#db
      .prepare('SELECT person FROM address WHERE workspace = ? ORDER BY person')
      .all(workspace)
      .map((row) => String(row.person))
  }

  eraseAddress(person: Person): void {
    this.deleteAddress(person)
    if (!tryEmptyLog({ db: this.#db }))
      throw new StoreUnavailable("expected the session store's log to be empty after an erasure, found a reader in it: repeat the call")
  }

  personsAt(address: string): Person[] {
    return this.#db
      .prepare('SELECT workspace, person FROM address WHERE mac = ? ORDER BY workspace, person LIMIT 100')
      .all(this.#addressMac(address))
      .map((row) => ({ workspace: String(row.workspace), person: String(row.person) }))
  }

  deleteExpired(now: string): void {
    this.#db.transaction(() => {
      this.#db.prepare('DELETE FROM session WHERE expires_at <= ?').run(now)
      this.#db.prepare('DELETE FROM link WHERE expires_at <= ?').run(new Date(Date.parse(now) - EXPIRED_KNOWN).toISOString())
    })
  }

  close(): void {
    this.#db.close()
  }

  #addressMac(address: string): Uint8Array {
    return createHmac('sha256', this.#addressKey).update(address).digest()
  }
}

function sessionOf(row: Row | undefined): Session | null {
  if (row === undefined) return null
  return {
    id: String(row.id),
    workspace: String(row.workspace),
    person: String(row.person),
    startedAt: String(row.started_at),
    lastSeenAt: String(row.seen_at),
    expiresAt: String(row.expires_at),
    client: row.client === null ? null : String(row.client),
  }
}

function linkOf(row: Row): Link {
  return {
    id: String(row.id),
    purpose: row.purpose === 'invitation' ? 'invitation' : 'sign-in',
    workspace: String(row.workspace),
    person: String(row.person),
    expiresAt: String(row.expires_at),
    sent: row.sent === 1,
  }
}

function digest(token: string): Uint8Array {
  return Buffer.from(hash('sha256', token, 'hex'), 'hex')
}
