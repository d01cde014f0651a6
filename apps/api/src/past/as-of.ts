import type { EventReader } from '@annal/ledger'
import type { Prefix, TrailFilter, VisiblePrefix } from '@annal/projections'
import type { ServerClock } from '../clock/server-clock.ts'
import { TypedError } from '../http/typed-error.ts'
import type { Visibility } from '../trail/visibility.ts'

/** `asOf` of the SDL, coerced. */
export interface AsOfArgument {
  readonly asOf?: string | null
}

export interface AsOfSurroundings {
  readonly trail: { recordedUpTo(workspace: string, instant: string): Promise<VisiblePrefix> }
  readonly store: Pick<EventReader, 'head'>
  readonly visibility: Visibility
  readonly clock: Pick<ServerClock, 'now' | 'instant'>
}

/** What was known at an instant that has passed. */
export class AsOf {
  constructor(private readonly around: AsOfSurroundings) {}

  /**
   * The workspace's events in front of the first that was recorded after the instant, once the views show them all.
   * @throws TypedError BAD_USER_INPUT of an instant that is still to come, NOT_YET_VISIBLE when the views are far behind.
   */
  async known(workspace: string, asOf: string): Promise<Prefix> {
    const { trail, store, visibility, clock } = this.around
    if (Date.parse(asOf) > clock.now())
      throw new TypedError(
        'BAD_USER_INPUT',
        `asOf must have passed: ${asOf} is still to come, by the ledger's clock it is ${clock.instant()}.`,
      )
    const visible = await trail.recordedUpTo(workspace, asOf)
    if (visible.ended) return visible
    // What was recorded until then may stand in the store, and not be visible yet.
    const head = await store.head()
    if (head !== null) await visibility.reached(head)
    return trail.recordedUpTo(workspace, asOf)
  }
}

/** The filter, and nothing that was recorded after the instant: instants are whole milliseconds, and `recordedTo` is exclusive. */
export function upTo<Filter extends Pick<TrailFilter, 'recordedTo'>>(filter: Filter, asOf: string): Filter {
  const end = new Date(Date.parse(asOf) + 1).toISOString()
  const { recordedTo } = filter
  return recordedTo !== undefined && Date.parse(recordedTo) <= Date.parse(asOf) ? filter : { ...filter, recordedTo: end }
}
