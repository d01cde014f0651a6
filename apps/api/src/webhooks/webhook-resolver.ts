import type { DeliveryStateName, KnownDelivery, KnownWebhook } from '@annal/ledger'
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { TypedError } from '../http/typed-error.ts'
import { pageSize } from '../trail/page-request.ts'
import type { Reactions } from '../workers/reactions.ts'
import type { WebhookDesk, WebhookRequest } from './webhook-desk.ts'

interface ConfigureInput {
  readonly id: string
  readonly webhook: string
  readonly url: string
  readonly state: 'ENABLED' | 'DISABLED' | 'REMOVED'
  readonly types?: readonly string[] | null
  readonly rotateSecret?: boolean | null
}

interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
}

type DeliveryArguments = PageArguments & { readonly webhook?: string | null; readonly state?: Uppercase<DeliveryStateName> | null }
type CountedWebhook = KnownWebhook & { readonly undelivered: number }

/** How long, in ms, an answer waits until the reactions know of a change. */
const PATIENCE = 5_000
/** So many failures in a row are more than bad luck. */
const FAILING = 3

/** Webhooks and their deliveries, for administrators. */
@Resolver()
export class WebhookResolver {
  constructor(
    private readonly desk: WebhookDesk,
    private readonly reactions: Reactions,
  ) {}

  @Query('webhooks')
  async webhooks(@Args() { first, after }: PageArguments, @Context() { caller }: RequestContext) {
    const known = (await this.reactions.webhooks(caller.workspace)).filter(({ state }) => state !== 'removed')
    const behind = after ? known.filter(({ id }) => id > after) : known
    const shown = behind.slice(0, pageSize(first))
    return connection(
      shown.map((webhook) => ({ cursor: webhook.id, node: presentWebhook(webhook) })),
      { more: shown.length < behind.length, continued: Boolean(after) },
    )
  }

  @Query('deliveries')
  async deliveries(@Args() { webhook, state, first, after }: DeliveryArguments, @Context() { caller }: RequestContext) {
    const size = pageSize(first)
    const found = await this.reactions.deliveries({
      workspace: caller.workspace,
      webhook: webhook ?? null,
      state: state ? (state.toLowerCase() as DeliveryStateName) : null,
      before: after ? cursorOf(after) : null,
      limit: size + 1,
    })
    const edges = found.slice(0, size).map((delivery) => ({ cursor: String(delivery.seq), node: presentDelivery(delivery) }))
    return connection(edges, { more: found.length > size, continued: Boolean(after) })
  }

  @Mutation('configureWebhook')
  async configureWebhook(@Args('input') input: ConfigureInput, @Context() { caller }: RequestContext) {
    const { id, webhook, url, types = null, rotateSecret } = input
    const state = input.state.toLowerCase() as WebhookRequest['state']
    const outcome = await this.desk.configure({ id, webhook, url, state, types, rotateSecret: rotateSecret ?? false }, caller)
    if (outcome.status === 'refused') return { __typename: 'InvalidInput', message: outcome.message, path: outcome.path }
    await this.reactions.reached(outcome.position, PATIENCE)
    const known = (await this.reactions.webhooks(caller.workspace)).find((one) => one.id === webhook)
    // The reactions may be far behind: what was asked for is recorded and will be so.
    const asAsked = { id: webhook, url, state, types, configuredAt: new Date().toISOString(), failures: 0, paused: false }
    const shown = known ?? { ...asAsked, undelivered: 0, lastDelivery: null }
    return { __typename: 'WebhookConfigured', webhook: presentWebhook(shown), secret: outcome.secret }
  }

  @Mutation('replayDelivery')
  async replayDelivery(@Args('id') id: string, @Context() { caller }: RequestContext) {
    const delivery = await this.reactions.replay(caller.workspace, id)
    if (delivery === null) return { __typename: 'NotFound', message: 'This workspace has no such delivery.' }
    return { __typename: 'Delivery', ...presentDelivery(delivery) }
  }
}

function presentWebhook(
  webhook: Pick<CountedWebhook, 'id' | 'url' | 'state' | 'types' | 'configuredAt' | 'failures' | 'paused' | 'undelivered' | 'lastDelivery'>,
) {
  const { id, url, state, types, configuredAt, failures, paused, undelivered, lastDelivery } = webhook
  const failing = paused || failures >= FAILING
  return { id, url, state: state.toUpperCase(), types, configuredAt, failing, paused, undelivered, lastDelivery }
}

function presentDelivery({ id, webhook, event, type, state, attempts, nextAt, endedAt, lastStatus, lastError }: KnownDelivery) {
  return {
    id,
    webhook,
    event,
    type,
    state: state.toUpperCase(),
    attempts,
    nextAttemptAt: state === 'retrying' ? instant(nextAt) : null,
    deliveredAt: state === 'delivered' && endedAt !== null ? instant(endedAt) : null,
    lastStatus,
    lastError,
  }
}

function connection<Node>(
  edges: readonly { readonly cursor: string; readonly node: Node }[],
  { more, continued }: { more: boolean; continued: boolean },
) {
  const pageInfo = {
    hasNextPage: more,
    hasPreviousPage: continued,
    startCursor: edges.at(0)?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
  return { edges, pageInfo }
}

function cursorOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new TypedError('BAD_USER_INPUT', 'Hand back `pageInfo.endCursor` as `after`, as it was given.')
}

function instant(at: number): string {
  return new Date(at).toISOString()
}
