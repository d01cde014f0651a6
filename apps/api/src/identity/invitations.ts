import { randomUUID } from 'node:crypto'
import type { Link, NewestFirst } from '@annal/ledger'
import { parseAddress, sameMailbox } from '../mail/address.ts'
import { invitationMail, signInMail } from '../mail/messages.ts'
import type { Caller, Role } from './caller.ts'
import type { PersonEntry } from './people-directory.ts'
import {
  type Invalid,
  invalid,
  type NotThere,
  noSuchPerson,
  type PeopleSurroundings,
  recordOfAccess,
  recordOfPerson,
  subjectOf,
} from './people-surroundings.ts'
import { type OwnEvent, ownProblem } from './record-access.ts'
import { randomId } from './secret.ts'
import { INVITATION_DAYS, LINK_MINUTES, type MadeLink } from './sign-in-links.ts'

export interface InvitationRequest {
  readonly email: string
  readonly name?: string | null
  readonly role: Role
  readonly title?: string | null
}

/** An invitation that was not used yet. */
export interface Invitation {
  readonly id: string
  readonly person: string
  readonly email: string | null
  readonly role: Role
  readonly invitedAt: string
  readonly invitedBy: string
  readonly expiresAt: string
  readonly sent: boolean
}

/** `link`: null when it went out by e-mail; otherwise it is here and nowhere else. */
export type InviteOutcome = { readonly status: 'invited'; readonly invitation: Invitation; readonly link: string | null } | Invalid

interface Opened {
  readonly person: string
  readonly made: MadeLink
}

export type SignInLinkOutcome =
  | {
      readonly status: 'issued'
      readonly person: PersonEntry
      readonly sent: boolean
      readonly link: string | null
      readonly expiresAt: string
    }
  | Invalid
  | NotThere

/** Brings people in: by invitation, and later by links that an administrator asks for. Both stand in the record before they work. */
export class Invitations {
  constructor(private readonly around: PeopleSurroundings) {}

  async invite(request: InvitationRequest, caller: Caller): Promise<InviteOutcome> {
    const email = parseAddress(request.email)
    if (email === null) return invalid('expected an e-mail address', '/email')
    if (request.role === 'SERVICE') return invalid('the role SERVICE is for API keys', '/role')
    const { workspace } = caller
    const opened = await this.around.addresses.take(workspace, () => this.open({ ...request, email }, caller))
    return 'status' in opened ? opened : this.send(opened, workspace, email)
  }

  /** Somebody with this address, and a link for him: the one who waits for an invitation already, else a new person. */
  private async open(request: InvitationRequest, { workspace, actor }: Caller): Promise<Opened | Invalid> {
    const { clock, links } = this.around
    const { email } = request
    const name = request.name?.trim()
    const known = await this.personAt(workspace, email)
    if (known?.status === 'ACTIVE') return invalid('a person of this workspace has this address already', '/email')
    const person = known?.id ?? randomId('per')
    const base = { workspace, actor, at: clock.instant() }
    const before = await this.around.people.invitation(workspace, person)
    const events = this.invitationEvents(base, { ...request, ...(name !== undefined && { name }), person })
    const problem = events.map(ownProblem).find((found) => found !== null)
    if (problem) return invalid(problem.message, problem.path)
    if (request.title && !name) return invalid('a title needs a name', '/title')
    await this.mustRecord(recordOfPerson(this.around, person, events))
    await this.grant(person, request.role, base)
    await this.takeBack(person, before?.role ?? request.role, request.role, base)
    this.around.store.deleteLinks(person)
    return { person, made: links.make({ id: events[0]?.id ?? '', purpose: 'invitation', workspace, person }) }
  }

  /** The newest first; what was used, taken back or has expired is not among them. */
  async list(workspace: string, page: NewestFirst): Promise<Invitation[]> {
    const links = this.around.store.invitations(workspace, this.around.clock.machineInstant(), page)
    return Promise.all(links.map((link) => this.present(link)))
  }

  /** Whoever never signed in is deactivated with the only way in that he had. */
  async revoke(id: string, { workspace, actor }: Caller): Promise<{ readonly status: 'revoked'; readonly id: string } | NotThere> {
    const { store, clock, directory, people } = this.around
    const link = store.invitation(workspace, id, clock.machineInstant())
    if (link === null) return { status: 'not-found', message: 'This workspace has no such invitation, or it was used.' }
    const { person } = link
    store.deleteLinks(person)
    const base = { workspace, actor, at: clock.instant() }
    const roles = directory.membersOf(workspace).rolesOf(person, base.at)
    if ((await people.entry(workspace, person))?.status === 'INVITED') {
      const revoked = roles.map((role): OwnEvent => ({ type: 'RoleRevoked', data: { person, role: role.toLowerCase() }, ...base }))
      const outcome = revoked.length > 0 ? await recordOfAccess(this.around, revoked) : null
      // The last administrator stays, though he never came: an operator can still make him a link.
      if (outcome?.status === 'refused') return { status: 'revoked', id }
      const data = { person, reason: 'The invitation was taken back.', subject: subjectOf(this.around, workspace, person) }
      await this.mustRecord(recordOfPerson(this.around, person, [{ type: 'PersonDeactivated', data, ...base }]))
    }
    return { status: 'revoked', id }
  }

  /** For somebody who can't get a link by himself. Recorded as an invitation, so that everybody can see who made a link for whom. */
  async issueSignInLink(person: string, { workspace, actor }: Caller): Promise<SignInLinkOutcome> {
    const { people, directory, links, clock } = this.around
    const entry = await people.entry(workspace, person)
    if (entry === null || entry.status === 'DEACTIVATED') return noSuchPerson
    if (directory.home(person) !== workspace)
      return invalid('only an administrator of the workspace that this person came from can do that', '/person')
    if (entry.email === null) return invalid('this person has no e-mail address: set it first', '/person')
    const id = randomUUID()
    const at = clock.instant()
    const expiresAt = new Date(Date.parse(at) + LINK_MINUTES * 60_000).toISOString()
    const data = { person, email: entry.email, expiresAt, subject: subjectOf(this.around, workspace, person) }
    await this.mustRecord(recordOfPerson(this.around, person, [{ type: 'PersonInvited', id, data, workspace, actor, at }]))
    const made = links.make({ id, purpose: 'sign-in', workspace, person })
    const name = directory.workspace(workspace)?.name ?? workspace
    const mail = signInMail({ to: entry.email, links: [{ workspace: name, link: made.url }], minutes: LINK_MINUTES })
    const sent = await links.mail(mail, [made])
    return { status: 'issued', person: entry, sent, link: sent ? null : made.url, expiresAt: made.expiresAt }
  }

  private async personAt(workspace: string, email: string): Promise<PersonEntry | null> {
    const entries = await this.around.people.entries(workspace)
    const same = ({ email: other, status }: PersonEntry) =>
      other !== null && status !== 'DEACTIVATED' && sameMailbox(other) === sameMailbox(email)
    return entries.find(same) ?? null
  }

  private invitationEvents(
    base: Pick<OwnEvent, 'workspace' | 'actor' | 'at'>,
    { person, email, role, name, title }: InvitationRequest & { readonly person: string },
  ): OwnEvent[] {
    const subject = subjectOf(this.around, base.workspace, person)
    const expiresAt = new Date(Date.parse(base.at) + INVITATION_DAYS * 86_400_000).toISOString()
    const invited: OwnEvent = {
      type: 'PersonInvited',
      id: randomUUID(),
      data: { person, email, role: role.toLowerCase(), expiresAt, subject },
      ...base,
    }
    if (!name) return [invited]
    const data = { person, name, email, ...(title ? { title } : {}), subject }
    return [invited, { type: 'PersonProfileSet', data, ...base }]
  }

  private async grant(person: string, role: Role, base: Pick<OwnEvent, 'workspace' | 'actor' | 'at'>): Promise<void> {
    if (this.around.directory.membersOf(base.workspace).rolesOf(person, base.at).includes(role)) return
    await this.mustRecord(recordOfAccess(this.around, [{ type: 'RoleGranted', data: { person, role: role.toLowerCase() }, ...base }]))
  }

  /** What the invitation gave whose place this one takes. */
  private async takeBack(person: string, given: Role, role: Role, base: Pick<OwnEvent, 'workspace' | 'actor' | 'at'>): Promise<void> {
    if (given === role || !this.around.directory.membersOf(base.workspace).rolesOf(person, base.at).includes(given)) return
    await this.mustRecord(recordOfAccess(this.around, [{ type: 'RoleRevoked', data: { person, role: given.toLowerCase() }, ...base }]))
  }

  private async send({ person, made }: Opened, workspace: string, email: string): Promise<InviteOutcome> {
    const { links, directory } = this.around
    const { id } = made
    const name = directory.workspace(workspace)?.name ?? workspace
    const sent = await links.mail(invitationMail({ to: email, workspace: name, link: made.url, days: INVITATION_DAYS }), [made])
    const invitation = await this.present({ id, purpose: 'invitation', workspace, person, expiresAt: made.expiresAt, sent })
    return { status: 'invited', invitation, link: sent ? null : made.url }
  }

  private async present({ id, workspace, person, expiresAt, sent }: Link): Promise<Invitation> {
    const { people } = this.around
    const [entry, event] = await Promise.all([people.entry(workspace, person), people.invitation(workspace, person)])
    if (event === null) throw new Error(`expected the invitation ${id} of ${person} in the record, found none`)
    return { id, person, email: entry?.email ?? null, role: event.role, invitedAt: event.at, invitedBy: event.by, expiresAt, sent }
  }

  private async mustRecord(outcome: ReturnType<typeof recordOfPerson>): Promise<void> {
    const recorded = await outcome
    if (recorded.status === 'refused')
      throw new Error(`expected our own events to be recorded, found ${recorded.code}: ${recorded.message}`)
  }
}
