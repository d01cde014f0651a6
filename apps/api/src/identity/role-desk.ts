import { upperSnake } from '../append/present-outcome.ts'
import { sameMailbox } from '../mail/address.ts'
import type { Caller, Role } from './caller.ts'
import type { PersonEntry } from './people-directory.ts'
import {
  type Forbidden,
  type NotThere,
  noSuchPerson,
  type PeopleSurroundings,
  recordOfAccess,
  recordOfPerson,
  subjectOf,
} from './people-surroundings.ts'
import { type OwnEvent, refuseProblem } from './record-access.ts'
import type { OwnOutcome } from './record-guarded.ts'

export interface RoleRequest {
  readonly person: string
  readonly role: Role
  readonly reason?: string | null
}

export type RoleOutcome = { readonly status: 'done'; readonly person: PersonEntry } | Forbidden | NotThere

/** Gives and takes roles. Each is an event that holds from the moment on at which it is durable, for open connections too. */
export class RoleDesk {
  constructor(private readonly around: PeopleSurroundings) {}

  async grant(request: RoleRequest, caller: Caller): Promise<RoleOutcome> {
    return this.around.addresses.take(caller.workspace, () => this.give(request, caller))
  }

  private async give(request: RoleRequest, caller: Caller): Promise<RoleOutcome> {
    const { workspace } = caller
    const { person } = request
    const known = await this.around.people.entry(workspace, person)
    const entry = known ?? (await this.guest(person, caller))
    if (entry === null) return noSuchPerson
    if (entry.status === 'DEACTIVATED') return { status: 'refused', reason: 'DEACTIVATED', message: 'The person was deactivated.' }
    if (known === null && (await this.isHere(entry, workspace)))
      return { status: 'refused', reason: 'ADDRESS_TAKEN', message: 'A person of this workspace has this address already.' }
    const outcome = await recordOfAccess(this.around, [this.event('RoleGranted', request, caller)])
    if (outcome.status === 'recorded') await this.introduce(entry, caller)
    return this.answer(outcome, workspace, person)
  }

  async revoke(request: RoleRequest, caller: Caller): Promise<RoleOutcome> {
    const { workspace } = caller
    if ((await this.around.people.entry(workspace, request.person)) === null) return noSuchPerson
    const last = request.role === 'ADMINISTRATOR' ? await this.lastWhoCame(workspace, request.person) : null
    if (last !== null) return last
    const revoked = this.event('RoleRevoked', request, caller)
    const outcome = await this.around.atWork.end(request.person, () => recordOfAccess(this.around, [revoked]))
    return this.answer(outcome, workspace, request.person)
  }

  /** Takes every role, then the way in. Where the person came from it ends everything, elsewhere only what he may do here. */
  async deactivate(person: string, reason: string | null, caller: Caller): Promise<RoleOutcome> {
    const { people, directory, clock, sessions, atWork } = this.around
    const { workspace, actor } = caller
    const entry = await people.entry(workspace, person)
    if (entry === null) return noSuchPerson
    if (entry.status === 'DEACTIVATED') return { status: 'refused', reason: 'DEACTIVATED', message: 'The person was deactivated before.' }
    const last = entry.roles.includes('ADMINISTRATOR') ? await this.lastWhoCame(workspace, person) : null
    if (last !== null) return last
    const taken = entry.roles.map((role) => this.event('RoleRevoked', { person, role, reason }, caller))
    const data = { person, ...(reason ? { reason } : {}), subject: subjectOf(this.around, workspace, person) }
    const deactivated: OwnEvent = { type: 'PersonDeactivated', data, workspace, actor, at: clock.instant() }
    refuseProblem(deactivated)
    const ended = await atWork.end(person, async () => {
      const outcome = taken.length > 0 ? await recordOfAccess(this.around, taken) : null
      return outcome?.status === 'refused' ? outcome : recordOfPerson(this.around, person, [deactivated])
    })
    if (ended.status === 'refused') return this.answer(ended, workspace, person)
    if (directory.home(person) === workspace) sessions.endPerson(person)
    return this.answer(ended, workspace, person)
  }

  /** Somebody of another workspace, if the caller may know him there: then he may be let in here too. */
  private async guest(person: string, { actor }: Caller): Promise<PersonEntry | null> {
    const { directory, people, clock } = this.around
    for (const { workspace, roles } of directory.memberships(actor.id, clock.instant())) {
      if (roles.every((role) => role === 'REGULATOR')) continue
      const entry = await people.entry(workspace.id, person)
      if (entry !== null && entry.status !== 'DEACTIVATED') return entry
    }
    return null
  }

  /** Whoever is here already under another id would be two people here, and could approve his own request. */
  private async isHere({ email }: PersonEntry, workspace: string): Promise<boolean> {
    if (email === null) return false
    const entries = await this.around.people.entries(workspace)
    return entries.some(
      (other) => other.status !== 'DEACTIVATED' && other.email !== null && sameMailbox(other.email) === sameMailbox(email),
    )
  }

  /** A guest's name is recorded here as well: no workspace reads another's. */
  private async introduce({ id: person, name, email, title }: PersonEntry, { workspace, actor }: Caller): Promise<void> {
    const { directory, people, clock } = this.around
    if (name === null || directory.home(person) === workspace || (await people.entry(workspace, person))?.name === name) return
    const subject = subjectOf(this.around, workspace, person)
    const data = { person, name, ...(email === null ? {} : { email }), ...(title === null ? {} : { title }), subject }
    await recordOfPerson(this.around, person, [{ type: 'PersonProfileSet', data, workspace, actor, at: clock.instant() }])
  }

  /** An administrator who never signed in doesn't take another's place. The decider sees to it that one is left at all. */
  private async lastWhoCame(workspace: string, person: string): Promise<Forbidden | null> {
    const entries = await this.around.people.entries(workspace)
    const others = entries.filter(({ id, roles, status }) => id !== person && status === 'ACTIVE' && roles.includes('ADMINISTRATOR'))
    if (others.length > 0) return null
    return { status: 'refused', reason: 'LAST_ADMINISTRATOR', message: 'No other administrator of this workspace has signed in yet.' }
  }

  /** @throws TypedError BAD_USER_INPUT when the reason can't be recorded. */
  private event(type: 'RoleGranted' | 'RoleRevoked', { person, role, reason }: RoleRequest, { workspace, actor }: Caller): OwnEvent {
    const data = { person, role: role.toLowerCase(), ...(reason ? { reason } : {}) }
    const event: OwnEvent = { type, data, workspace, actor, at: this.around.clock.instant() }
    refuseProblem(event)
    return event
  }

  private async answer(outcome: OwnOutcome, workspace: string, person: string): Promise<RoleOutcome> {
    if (outcome.status === 'refused')
      return { status: 'refused', reason: upperSnake(outcome.reason ?? outcome.code), message: outcome.message }
    const entry = await this.around.people.entry(workspace, person)
    return entry === null ? noSuchPerson : { status: 'done', person: entry }
  }
}
