import type { Session } from '@annal/ledger'
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { TypedError } from '../http/typed-error.ts'
import type { Caller } from './caller.ts'
import { type PageArguments, pageByInstant } from './connection.ts'
import type { Sessions } from './sessions.ts'

interface SessionArguments extends PageArguments {
  readonly person?: string | null
}

/** Where somebody is signed in, and how to end it. */
@Resolver()
export class SessionResolver {
  constructor(private readonly sessions: Sessions) {}

  @Query('sessions')
  sessionsOf(@Args() { person, ...page }: SessionArguments, @Context() { caller }: RequestContext) {
    const whose = person ?? caller.actor.id
    if (whose !== caller.actor.id && !caller.roles.includes('ADMINISTRATOR'))
      throw new TypedError('FORBIDDEN', 'Only an administrator sees the sessions of somebody else.')
    const where = whose === caller.actor.id ? null : caller.workspace
    return pageByInstant(page, {
      keyOf: ({ startedAt, id }: Pick<Session, 'startedAt' | 'id'>) => ({ at: startedAt, id }),
      read: (slice) => this.sessions.of(whose, where, slice).map((session) => this.present(session, caller)),
    })
  }

  @Mutation('endSession')
  endSession(@Args('id') id: string, @Context() { caller }: RequestContext) {
    const session = this.sessions.byId(id)
    if (session === null || !mayEnd(session, caller)) return { __typename: 'NotFound', message: 'There is no such session.' }
    this.sessions.end(id)
    return { __typename: 'SessionEnded', id }
  }

  private present(session: Session, caller: Caller) {
    const { id, person, startedAt, lastSeenAt, client } = session
    return { id, person, current: id === caller.session, startedAt, lastSeenAt, expiresAt: this.sessions.endOf(session), client }
  }
}

/** One's own, wherever begun; somebody else's only where one administers the workspace that it was begun in. */
function mayEnd({ person, workspace }: Session, { actor, roles, workspace: own }: Caller): boolean {
  return person === actor.id || (roles.includes('ADMINISTRATOR') && workspace === own)
}
