import { parseAddress, sameMailbox } from '../mail/address.ts'
import { addressChangedMail } from '../mail/messages.ts'
import type { Caller } from './caller.ts'
import type { PersonEntry } from './people-directory.ts'
import {
  type Invalid,
  invalid,
  type NotThere,
  noSuchPerson,
  type PeopleSurroundings,
  recordOfPerson,
  subjectOf,
} from './people-surroundings.ts'
import { type OwnEvent, ownProblem } from './record-access.ts'

export interface ProfileRequest {
  readonly person: string
  readonly name: string
  /** Absent: as it was. Null: none. */
  readonly email?: string | null
  readonly title?: string | null
}

export type ProfileOutcome =
  | { readonly status: 'set'; readonly person: PersonEntry }
  | { readonly status: 'not-allowed'; readonly message: string }
  | Invalid
  | NotThere

/** Sets names and addresses: one's own, or by an administrator anybody's. The address before is told when links will go elsewhere. */
export class ProfileDesk {
  constructor(private readonly around: PeopleSurroundings) {}

  async set(request: ProfileRequest, caller: Caller): Promise<ProfileOutcome> {
    const { people } = this.around
    const { workspace, actor } = caller
    const { person } = request
    const before = await people.entry(workspace, person)
    if (before === null || before.status === 'DEACTIVATED') return noSuchPerson
    if (person !== actor.id && !caller.roles.includes('ADMINISTRATOR'))
      return { status: 'not-allowed', message: 'Only an administrator sets the profile of somebody else.' }
    const recorded = await this.around.addresses.take(workspace, () => this.record(request, before, caller))
    if (recorded.status !== 'recorded') return recorded
    await this.moved(before, recorded.email, workspace)
    const entry = await people.entry(workspace, person)
    return entry === null ? noSuchPerson : { status: 'set', person: entry }
  }

  private async record(
    request: ProfileRequest,
    before: PersonEntry,
    caller: Caller,
  ): Promise<{ readonly status: 'recorded'; readonly email: string | null } | Invalid | NotThere> {
    const email = await this.address(request.email, before, caller.workspace)
    if (email !== null && typeof email === 'object') return email
    const event = this.event(request, { before, email }, caller)
    const problem = ownProblem(event)
    if (problem !== null) return invalid(problem.message, problem.path)
    const outcome = await recordOfPerson(this.around, request.person, [event])
    if (outcome.status === 'recorded') return { status: 'recorded', email }
    return outcome.reason === 'Deactivated' ? noSuchPerson : invalid(outcome.message, null)
  }

  private event(
    { person, name, title: asked }: ProfileRequest,
    { before, email }: { readonly before: PersonEntry; readonly email: string | null },
    { workspace, actor }: Caller,
  ): OwnEvent {
    const title = asked === undefined ? before.title : asked
    const subject = subjectOf(this.around, workspace, person)
    const data = { person, name: name.trim(), ...(email === null ? {} : { email }), ...(title ? { title } : {}), subject }
    return { type: 'PersonProfileSet', data, workspace, actor, at: this.around.clock.instant() }
  }

  private async address(asked: string | null | undefined, { id, email }: PersonEntry, workspace: string): Promise<string | null | Invalid> {
    if (asked === undefined) return email
    if (asked === null) return null
    const address = parseAddress(asked)
    if (address === null) return invalid('expected an e-mail address', '/email')
    const others = (await this.around.people.entries(workspace)).filter((other) => other.id !== id && other.status !== 'DEACTIVATED')
    const taken = others.some((other) => other.email !== null && sameMailbox(other.email) === sameMailbox(address))
    return taken ? invalid('a person of this workspace has this address already', '/email') : address
  }

  private async moved({ id: person, email: before, status }: PersonEntry, email: string | null, workspace: string): Promise<void> {
    const { store, links, directory } = this.around
    if (email === before || directory.home(person) !== workspace) return
    if (email === null) store.deleteAddress({ workspace, person })
    else if (status === 'ACTIVE') store.putAddress({ workspace, person }, sameMailbox(email))
    if (before !== null) await links.mail(addressChangedMail(before, directory.workspace(workspace)?.name ?? workspace), [])
  }
}
