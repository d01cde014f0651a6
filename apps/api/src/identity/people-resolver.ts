import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { type PageArguments, pageByInstant, pageByName } from './connection.ts'
import type { Invitation, InvitationRequest, Invitations } from './invitations.ts'
import type { PeopleDirectory, PersonEntry, PersonStatus } from './people-directory.ts'
import type { Forbidden, Invalid, NotThere } from './people-surroundings.ts'
import type { ProfileDesk, ProfileRequest } from './profile-desk.ts'
import type { RoleDesk, RoleOutcome, RoleRequest } from './role-desk.ts'

interface PeopleArguments extends PageArguments {
  readonly search?: string | null
  readonly status?: PersonStatus | null
}

export interface PeopleDesks {
  readonly people: PeopleDirectory
  readonly invitations: Invitations
  readonly roles: RoleDesk
  readonly profiles: ProfileDesk
}

/** Who is who in a workspace, and who may what. */
@Resolver()
export class PeopleResolver {
  constructor(private readonly desks: PeopleDesks) {}

  @Query('people')
  async people(@Args() { search, status, ...page }: PeopleArguments, @Context() { caller }: RequestContext) {
    const entries = await this.desks.people.entries(caller.workspace)
    const wanted = entries.filter((entry) => (!status || entry.status === status) && matches(entry, search ?? ''))
    return pageByName(wanted.sort(byName), page, byName)
  }

  @Query('person')
  person(@Args('id') id: string, @Context() { caller }: RequestContext) {
    return this.desks.people.entry(caller.workspace, id)
  }

  @Query('invitations')
  invitations(@Args() page: PageArguments, @Context() { caller }: RequestContext) {
    return pageByInstant(page, {
      keyOf: ({ expiresAt, id }: Invitation) => ({ at: expiresAt, id }),
      read: (slice) => this.desks.invitations.list(caller.workspace, slice),
    })
  }

  @Mutation('invitePerson')
  async invitePerson(@Args('input') input: InvitationRequest, @Context() { caller }: RequestContext) {
    const outcome = await this.desks.invitations.invite(input, caller)
    if (outcome.status === 'invalid') return presentProblem(outcome)
    return { __typename: 'Invited', invitation: outcome.invitation, link: outcome.link }
  }

  @Mutation('revokeInvitation')
  async revokeInvitation(@Args('id') id: string, @Context() { caller }: RequestContext) {
    const outcome = await this.desks.invitations.revoke(id, caller)
    return outcome.status === 'revoked' ? { __typename: 'InvitationRevoked', id: outcome.id } : presentProblem(outcome)
  }

  @Mutation('issueSignInLink')
  async issueSignInLink(@Args('person') person: string, @Context() { caller }: RequestContext) {
    const outcome = await this.desks.invitations.issueSignInLink(person, caller)
    if (outcome.status !== 'issued') return presentProblem(outcome)
    const { sent, link, expiresAt } = outcome
    return { __typename: 'SignInLinkIssued', person: outcome.person, sent, link, expiresAt }
  }

  @Mutation('setProfile')
  async setProfile(@Args('input') input: ProfileRequest, @Context() { caller }: RequestContext) {
    const outcome = await this.desks.profiles.set(input, caller)
    switch (outcome.status) {
      case 'set':
        return { __typename: 'Person', ...outcome.person }
      case 'not-allowed':
        return { __typename: 'NotAllowed', message: outcome.message }
      case 'invalid':
      case 'not-found':
        return presentProblem(outcome)
    }
  }

  @Mutation('grantRole')
  async grantRole(@Args('input') input: RoleRequest, @Context() { caller }: RequestContext) {
    return presentRole(await this.desks.roles.grant(input, caller))
  }

  @Mutation('revokeRole')
  async revokeRole(@Args('input') input: RoleRequest, @Context() { caller }: RequestContext) {
    return presentRole(await this.desks.roles.revoke(input, caller))
  }

  @Mutation('deactivatePerson')
  async deactivatePerson(@Args() { id, reason }: { id: string; reason?: string | null }, @Context() { caller }: RequestContext) {
    return presentRole(await this.desks.roles.deactivate(id, reason ?? null, caller))
  }
}

function presentRole(outcome: RoleOutcome) {
  return outcome.status === 'done' ? { __typename: 'Person', ...outcome.person } : presentProblem(outcome)
}

function presentProblem(problem: Invalid | NotThere | Forbidden) {
  switch (problem.status) {
    case 'invalid':
      return { __typename: 'InvalidInput', message: problem.message, path: problem.path }
    case 'not-found':
      return { __typename: 'NotFound', message: problem.message }
    case 'refused':
      return { __typename: 'DecisionRefused', reason: problem.reason, message: problem.message, path: null }
  }
}

type Named = Pick<PersonEntry, 'id' | 'name'>

const collator = new Intl.Collator('en', { sensitivity: 'base' })

/** Those without a name come last. */
function byName(a: Named, b: Named): number {
  if ((a.name === null) !== (b.name === null)) return a.name === null ? 1 : -1
  return collator.compare(a.name ?? '', b.name ?? '') || Number(a.id > b.id) - Number(a.id < b.id)
}

function matches({ id, name, email, title }: PersonEntry, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/)
  const text = [id, name, email, title].join('\n').toLowerCase()
  return words.every((word) => text.includes(word))
}
