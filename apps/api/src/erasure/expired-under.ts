import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import type { EventView } from '../trail/event-view.ts'
import { trailEvents } from '../trail/trail-events.ts'
import type { TrailReader } from '../trail/trail-reader.ts'

type Expired = { readonly rule: string; readonly events: readonly string[] }

/** Under which retention rule an event's fields expired. An expiry names so few events that the text search finds it by each of them. */
@Resolver('Event')
export class ExpiredUnder {
  constructor(private readonly trail: TrailReader) {}

  @ResolveField('expiredUnder')
  async expiredUnder(
    @Parent() { id, stream, sealed }: Pick<EventView, 'id' | 'stream' | 'sealed'>,
    @Context() { caller }: RequestContext,
  ): Promise<string | null> {
    if (sealed.length === 0 || sealed.some(({ readable }) => readable)) return null
    const filter = { types: ['PayloadExpired'], text: id }
    for await (const { data } of trailEvents(this.trail, { workspace: caller.workspace, filter, order: 'oldest-first' })) {
      const { rule, events } = data as Expired
      if (events.includes(`${stream}/${id}`)) return rule
    }
    return null
  }
}
