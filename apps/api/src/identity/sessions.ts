import type { NewestFirst, Session, SessionStore } from '@annal/ledger'
import { newSecret, randomId } from './secret.ts'

/** However busy, a session ends after these. */
export const SESSION_HOURS = 12
/** Unused for so long, in ms, it ends too. */
const IDLE = 2 * 3_600_000
/** How exactly, in ms, it is known when a session was used last. */
const TOUCH = 60_000
const LONGEST_CLIENT = 200

interface SignedIn {
  readonly workspace: string
  readonly person: string
  /** What the browser calls itself. */
  readonly client: string | null
}

/** Who is signed in, by the machine's clock. What stands on a session is told when it is ended by hand. */
export class Sessions {
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly store: SessionStore,
    private readonly now: () => string,
  ) {}

  onEnd(listener: () => void): void {
    this.listeners.add(listener)
  }

  /** Gives the token of the new session's cookie. */
  open({ workspace, person, client }: SignedIn): string {
    const token = newSecret()
    const startedAt = this.now()
    this.store.deleteExpired(startedAt)
    this.store.putSession(token, {
      id: randomId('ses'),
      workspace,
      person,
      startedAt,
      lastSeenAt: startedAt,
      expiresAt: later(startedAt, SESSION_HOURS * 3_600_000),
      client: client === null || client === '' ? null : client.slice(0, LONGEST_CLIENT),
    })
    return token
  }

  find(token: string): Session | null {
    return this.store.session(token, this.time())
  }

  byId(id: string): Session | null {
    return this.store.sessionById(id, this.time())
  }

  /** `workspace`: only those begun there; null: all. */
  of(person: string, workspace: string | null, page: NewestFirst): Session[] {
    return this.store.sessionsOf({ person, workspace }, this.time(), page)
  }

  /** When it would end if it weren't used any more. */
  endOf({ lastSeenAt, expiresAt }: Session): string {
    const idle = later(lastSeenAt, IDLE)
    return idle < expiresAt ? idle : expiresAt
  }

  touch({ id, lastSeenAt }: Session): void {
    const now = this.now()
    if (later(lastSeenAt, TOUCH) <= now) this.store.seen(id, now)
  }

  endToken(token: string): void {
    this.store.deleteSession(token)
    this.ended()
  }

  end(id: string): void {
    this.store.deleteSessionById(id)
    this.ended()
  }

  /** Ends all of a person's sessions, and whatever else would let him in. */
  endPerson(person: string): void {
    this.store.deletePerson(person)
    this.ended()
  }

  private time() {
    const now = this.now()
    return { now, seenAfter: later(now, -IDLE) }
  }

  private ended(): void {
    for (const listener of this.listeners) listener()
  }
}

function later(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString()
}
