import type { Ledger } from '@annal/ledger'
import { Args, Context, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql'
import type { ServerClock } from '../clock/server-clock.ts'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { TypedError } from '../http/typed-error.ts'
import { pageSize } from '../trail/page-request.ts'
import type { QueryPool } from '../workers/query-pool.ts'
import { continueLog } from './continue-log.ts'
import { followLog } from './follow-log.ts'
import type { LogBoard } from './log-board.ts'
import type { ShownLog, SignedTreeHeadView } from './log-reader.ts'
import type { LogStatus } from './log-status.ts'

export interface LogSurroundings {
  readonly board: LogBoard
  readonly status: LogStatus
  readonly pool: QueryPool
  readonly ledger: Ledger
  readonly clock: ServerClock
}

/** The workspace's log: where it stands, its heads, proofs out of it. */
@Resolver('Log')
export class LogResolver {
  constructor(private readonly around: LogSurroundings) {}

  @Query('log')
  log(@Context() { caller }: RequestContext) {
    return this.around.status.of(caller.workspace)
  }

  @Query('treeHeads')
  async treeHeads(@Args() args: { first?: number | null; after?: string | null }, @Context() { caller }: RequestContext) {
    const limit = pageSize(args.first)
    const name = this.around.board.of(caller.workspace)?.name
    const heads = name === undefined ? [] : await this.around.pool.treeHeads(name, sizeOf(args.after), limit + 1)
    return connection(heads.slice(0, limit), heads.length > limit, args.after !== null && args.after !== undefined)
  }

  @Query('inclusionProof')
  inclusionProof(@Args('event') event: string, @Context() { caller }: RequestContext) {
    return this.around.pool.inclusionProof(caller.workspace, event, this.shown(caller.workspace))
  }

  @Mutation('continueLog')
  async continueLog(@Args('input') input: { id: string; reason: string }, @Context() { caller }: RequestContext) {
    const { ledger, board, clock, status } = this.around
    if (caller.actor.kind !== 'person')
      return { __typename: 'NotAllowed', message: 'To continue a log is a decision, and decisions are made by people.' }
    const { id, reason } = input
    const outcome = await continueLog(ledger, board, { id, reason, workspace: caller.workspace, actor: caller.actor, at: clock.instant() })
    if (outcome.status === 'continued') return status.of(caller.workspace)
    return { __typename: 'DecisionRefused', reason: outcome.code, message: outcome.message, path: null }
  }

  @Subscription('logAdvanced', { resolve: (log: unknown) => log })
  logAdvanced(@Context() { caller, signal }: RequestContext & { signal: AbortSignal }) {
    return followLog(this.around, caller.workspace, signal)
  }

  private shown(workspace: string): ShownLog[] {
    return this.around.board.allOf(workspace).flatMap(({ name, head }) => (head === null ? [] : [{ name, head }]))
  }
}

/** A cursor is the size of a head. */
function sizeOf(cursor: string | null | undefined): number | null {
  if (cursor === null || cursor === undefined) return null
  const size = Number(cursor)
  if (!/^\d{1,16}$/.test(cursor) || !Number.isSafeInteger(size))
    throw new TypedError('BAD_USER_INPUT', '`after` is no cursor of this list.')
  return size
}

function connection(heads: readonly SignedTreeHeadView[], hasNextPage: boolean, hasPreviousPage: boolean) {
  const edges = heads.map((node) => ({ cursor: node.size, node }))
  return {
    edges,
    pageInfo: { hasNextPage, hasPreviousPage, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  }
}
