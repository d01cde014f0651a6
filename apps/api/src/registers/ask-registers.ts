import type { RegisterCount, RegisterPage, Registers } from '@annal/projections'
import { readCursor } from '@annal/projections/names'
import type { ServerClock } from '../clock/server-clock.ts'
import { mayUse } from '../graphql/field-roles.ts'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { TypedError } from '../http/typed-error.ts'
import type { AsOf, AsOfArgument } from '../past/as-of.ts'
import type { ViewsStatus } from '../serve/views-status.ts'
import { pageSize } from '../trail/page-request.ts'
import { asPosition } from '../trail/position.ts'

/** Of when a query speaks. */
export interface Seen extends AsOfArgument {
  readonly atLeast?: string | null
}

export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
}

export type Asking = Parameters<Registers['system']>[0]

/** Who asks, once what they must see is visible. */
export class AskRegisters {
  constructor(
    private readonly views: Pick<ViewsStatus, 'reached'>,
    private readonly clock: Pick<ServerClock, 'instant'>,
    private readonly asOf: AsOf,
  ) {}

  async asking({ caller: { workspace } }: RequestContext, { atLeast, asOf }: Seen): Promise<Asking> {
    if (atLeast !== null && atLeast !== undefined) await this.views.reached(asPosition(atLeast), ['registers'])
    if (asOf === null || asOf === undefined) return { workspace, now: this.clock.instant() }
    return { workspace, now: asOf, past: await this.asOf.known(workspace, asOf) }
  }
}

/** @throws TypedError when the cursor was never given out. */
export function registerPage({ first, after }: PageArguments) {
  const cursor = after ?? null
  if (cursor !== null && readCursor(cursor) === null) throw new TypedError('BAD_USER_INPUT', 'A cursor must be one that was given out.')
  return { after: cursor, limit: pageSize(first) }
}

/** A connection of the API; what it counts is counted only if it is asked for. */
export function connectionOf<Node, Shown = Node>(
  { edges, more }: RegisterPage<Node>,
  { after }: PageArguments,
  { nodeOf, count }: { readonly nodeOf?: (node: Node) => Shown; readonly count?: () => Promise<RegisterCount> } = {},
) {
  const pageInfo = {
    hasNextPage: more,
    hasPreviousPage: after !== null && after !== undefined,
    startCursor: edges.at(0)?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
  return { edges: nodeOf === undefined ? edges : edges.map(({ cursor, node }) => ({ cursor, node: nodeOf(node) })), pageInfo, count }
}

/** A filter as it comes: null is the same as absent. */
export type FilterInput<Filter> = { readonly [Name in keyof Filter]?: Filter[Name] | null }

type Given<Filter> = { readonly [Name in keyof Filter]?: Exclude<Filter[Name], null> }

export function filterOf<Filter extends object>(input: Filter | null | undefined): Given<Filter> {
  return Object.fromEntries(Object.entries(input ?? {}).filter(([, value]) => value !== null && value !== undefined)) as Given<Filter>
}

/** Who may decide on an approval, if they are named in it: in the past, nobody. */
export function voterOf({ caller }: RequestContext, { asOf }: AsOfArgument) {
  const isNow = asOf === null || asOf === undefined
  return { id: caller.actor.id, mayVote: isNow && caller.actor.kind === 'person' && mayUse('Mutation.approve', caller) }
}
