import { type EventReader, type KeyReader, NO_STREAM, openEvent, type RecordedEvent } from '@annal/ledger'
import { type EventEnvelope, parseEventBytes } from '@annal/proof'
import type { Role } from './caller.ts'
import type { Directory } from './directory.ts'

export type PersonStatus = 'INVITED' | 'ACTIVE' | 'DEACTIVATED'

export interface PersonEntry {
  readonly id: string
  readonly name: string | null
  readonly email: string | null
  readonly title: string | null
  readonly roles: readonly Role[]
  readonly status: PersonStatus
  readonly lastSignIn: string | null
  readonly since: string
}

export interface InvitationEvent {
  readonly id: string
  readonly at: string
  readonly by: string
  readonly role: Role
}

type Profile = Pick<PersonEntry, 'name' | 'email' | 'title'>

/** A person's stream, folded. What is encrypted stays so: it is opened when it is shown. */
interface Fold {
  readonly version: number
  readonly readAt: number
  readonly invited: RecordedEvent | null
  readonly profile: RecordedEvent | null
  readonly deactivated: boolean
  readonly lastSignIn: string | null
}

interface Opened {
  readonly of: RecordedEvent
  readonly profile: Profile
}

const SLICE = 200
const AT_ONCE = 16
/** In ms. What this process recorded itself it knows at once; what another did it sees after so long at the latest. */
const FRESH = 10_000
const NOBODY: Profile = { name: null, email: null, title: null }

/**
 * The people of the workspaces with their names, in memory: made for thousands of people a workspace. A person's stream is read at first
 * need and then from where it was left. A name that was opened is shown only while the keys that open it exist.
 */
export class PeopleDirectory {
  private readonly folds = new Map<string, Fold>()
  private readonly opened = new Map<string, Opened>()
  /** When something was last recorded of whom by this process. */
  private readonly changes = new Map<string, number>()

  constructor(
    private readonly store: EventReader,
    private readonly keys: KeyReader,
    private readonly directory: Directory,
    private readonly now: () => string,
  ) {}

  /** Something was recorded in the person's stream. */
  changed(workspace: string, person: string): void {
    this.changes.set(`${workspace}/${person}`, performance.now())
  }

  /** Null for somebody who never had a role here. */
  async entry(workspace: string, person: string): Promise<PersonEntry | null> {
    if (this.directory.membersOf(workspace).since(person) === null) return null
    this.keys.noticeDestructions()
    return this.entryOf(workspace, person, await this.fold(workspace, person))
  }

  async entries(workspace: string): Promise<PersonEntry[]> {
    const { people } = this.directory.membersOf(workspace)
    const entries: PersonEntry[] = []
    for (let from = 0; from < people.length; from += AT_ONCE) {
      const some = people.slice(from, from + AT_ONCE)
      const folds = await Promise.all(some.map((person) => this.fold(workspace, person)))
      this.keys.noticeDestructions()
      for (const [i, person] of some.entries()) entries.push(this.entryOf(workspace, person, folds[i] ?? unread))
    }
    return entries
  }

  /** The newest invitation of a person, or null. */
  async invitation(workspace: string, person: string): Promise<InvitationEvent | null> {
    const { invited } = await this.fold(workspace, person)
    if (invited === null) return null
    const { id, recordedAt, actor, data } = envelopeOf(invited)
    return { id, at: recordedAt, by: actor.id, role: String(data.role).toUpperCase() as Role }
  }

  private entryOf(workspace: string, person: string, fold: Fold): PersonEntry {
    const members = this.directory.membersOf(workspace)
    const { deactivated, invited, lastSignIn } = fold
    return {
      id: person,
      ...this.profile(`${workspace}/${person}`, fold.profile ?? invited),
      roles: members.rolesOf(person, this.now()),
      status: deactivated ? 'DEACTIVATED' : invited !== null && lastSignIn === null ? 'INVITED' : 'ACTIVE',
      lastSignIn,
      since: members.since(person) ?? '',
    }
  }

  private profile(key: string, event: RecordedEvent | null): Profile {
    if (event === null) return NOBODY
    const known = this.opened.get(key)
    if (known?.of === event && this.isReadable(event)) return known.profile
    const { data } = openEvent(event, this.keys)
    const profile = { name: textOrNull(data.name), email: textOrNull(data.email), title: textOrNull(data.title) }
    if (this.isReadable(event)) this.opened.set(key, { of: event, profile })
    else this.opened.delete(key)
    return profile
  }

  /** Whether all of it can still be opened: neither was the person erased nor a field redacted. */
  private isReadable(event: RecordedEvent): boolean {
    const { workspace, data, id, stream, streamVersion } = envelopeOf(event)
    if (this.keys.eventKey(stream, streamVersion, id) === null) return false
    return typeof data.subject !== 'string' || this.keys.subjectKey(workspace, data.subject) !== null
  }

  private async fold(workspace: string, person: string): Promise<Fold> {
    const key = `${workspace}/${person}`
    let fold = this.folds.get(key) ?? unread
    if (performance.now() - fold.readAt < FRESH && fold.readAt > (this.changes.get(key) ?? 0)) return fold
    const readAt = performance.now()
    for (;;) {
      const from = fold.version + 1
      const slice = await this.store.readStream(`${workspace}.person-${person}`, { from, direction: 'forwards', limit: SLICE })
      fold = slice.reduce(next, fold)
      if (slice.length < SLICE) break
    }
    fold = { ...fold, readAt }
    this.folds.set(key, fold)
    return fold
  }
}

const unread: Fold = {
  version: NO_STREAM,
  readAt: Number.NEGATIVE_INFINITY,
  invited: null,
  profile: null,
  deactivated: false,
  lastSignIn: null,
}

/** Total: events of other kinds change nothing but the version. */
function next(before: Fold, recorded: RecordedEvent): Fold {
  const fold = { ...before, version: recorded.streamVersion }
  switch (recorded.type) {
    case 'PersonInvited':
      // Without a role it is a link for somebody who was invited before.
      return envelopeOf(recorded).data.role === undefined ? fold : { ...fold, invited: recorded }
    case 'PersonProfileSet':
      return { ...fold, profile: recorded }
    case 'PersonDeactivated':
      return { ...fold, deactivated: true }
    case 'SignedIn':
      return { ...fold, lastSignIn: envelopeOf(recorded).recordedAt }
    default:
      return fold
  }
}

function envelopeOf({ stream, bytes }: RecordedEvent): EventEnvelope {
  const parsed = parseEventBytes(bytes)
  if (parsed.status === 'refused') throw new Error(`expected an event in ${stream}, found ${parsed.reason}`)
  return parsed.envelope
}

/** What was erased stands there as an object. */
function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
