import type { TrailFilter } from '@annal/projections'
import { Args, Context, Info, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { fieldsAskedFor } from '../graphql/asks-for.ts'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { type AsOf, type AsOfArgument, upTo } from '../past/as-of.ts'
import type { ViewsStatus } from '../serve/views-status.ts'
import type { EventRow, EventView } from './event-view.ts'
import { type Following, followTrail } from './follow-trail.ts'
import { type PageArguments, pageRequest } from './page-request.ts'
import { asPosition } from './position.ts'
import { type EventFilterInput, readFilter } from './read-filter.ts'
import type { EventPage, TrailReader } from './trail-reader.ts'
import type { Visibility } from './visibility.ts'

/** Counting stops here. */
const MOST_COUNTED = 10_000

interface Connection {
  readonly workspace: string
  readonly filter: TrailFilter
  readonly edges: readonly { readonly cursor: string; readonly node: EventRow }[]
  readonly pageInfo: PageInfo
}

interface PageInfo {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly startCursor: string | null
  readonly endCursor: string | null
}

type Seen = AsOfArgument & { readonly atLeast?: string | null }
type EventsArguments = PageArguments & Seen & { readonly filter?: EventFilterInput | null }

/** The audit trail: pages, single events, and what comes. */
@Resolver('EventConnection')
export class TrailResolver {
  constructor(
    private readonly reader: TrailReader,
    private readonly visibility: Visibility,
    private readonly views: Pick<ViewsStatus, 'reached'>,
    private readonly asOf: AsOf,
  ) {}

  @Query('events')
  async events(
    @Args() args: EventsArguments,
    @Context() { caller }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const filter = seenThen(readFilter(args.filter, caller.workspace), args)
    const { request, backwards } = pageRequest(args, caller.workspace, filter)
    await this.waitFor(caller.workspace, args, filter)
    const page = await (rowsSuffice(info) ? this.reader.rows(request) : this.reader.page(request))
    return { workspace: caller.workspace, filter, ...connection(page, backwards, request.after !== null) }
  }

  @ResolveField('count')
  count(@Parent() { workspace, filter }: Connection) {
    return this.reader.count(workspace, filter, MOST_COUNTED)
  }

  @Query('event')
  async event(@Args() args: Seen & { readonly id: string; readonly stream?: string | null }, @Context() { caller }: RequestContext) {
    const { stream = null } = args
    const filter = seenThen(readFilter({ stream }, caller.workspace), args)
    await this.waitFor(caller.workspace, args, {})
    return this.reader.event(caller.workspace, args.id, filter)
  }

  @Subscription('eventAppended', { resolve: (event: EventView) => event })
  eventAppended(
    @Args() args: { filter?: EventFilterInput | null; after?: string | null },
    @Context() context: RequestContext & { signal: AbortSignal },
  ) {
    const following: Following = {
      workspace: context.caller.workspace,
      filter: readFilter(args.filter, context.caller.workspace),
      after: args.after ? asPosition(args.after) : null,
      signal: context.signal,
    }
    return followTrail(this.reader, this.visibility, following)
  }

  /** Words are found in a view of their own. */
  private async waitFor(workspace: string, { atLeast, asOf }: Seen, { text }: TrailFilter): Promise<void> {
    if (atLeast !== null && atLeast !== undefined)
      await this.views.reached(asPosition(atLeast), text === undefined ? ['audit-trail'] : ['audit-trail', 'audit-trail-text'])
    if (asOf !== null && asOf !== undefined) await this.asOf.known(workspace, asOf)
  }
}

function seenThen(filter: TrailFilter, { asOf }: AsOfArgument): TrailFilter {
  return asOf === null || asOf === undefined ? filter : upTo(filter, asOf)
}

const ROW: Readonly<Record<keyof EventRow, true>> = {
  id: true,
  type: true,
  typeVersion: true,
  stream: true,
  streamVersion: true,
  position: true,
  about: true,
  actor: true,
  occurredAt: true,
  recordedAt: true,
  correlationId: true,
  causationId: true,
  summary: true,
}

function rowsSuffice(info: GraphQLResolveInfo): boolean {
  return [...fieldsAskedFor(info, 'edges', 'node')].every((name) => Object.hasOwn(ROW, name))
}

function connection({ events, more }: EventPage<EventRow>, backwards: boolean, continued: boolean) {
  const inOrder = backwards ? events.toReversed() : events
  const edges = inOrder.map((node) => ({ cursor: node.position, node }))
  return {
    edges,
    pageInfo: {
      hasNextPage: backwards ? continued : more,
      hasPreviousPage: backwards ? more : continued,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
