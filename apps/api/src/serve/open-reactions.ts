import { reactions as rules } from '@annal/domain'
import { ReactionStore } from '@annal/ledger'
import type { GuardedStreams } from '../append/guarded-streams.ts'
import type { Erasures } from '../erasure/erasures.ts'
import { ExpiryDesk } from '../erasure/expiry-desk.ts'
import type { Metrics } from '../http/metrics.ts'
import { FollowUps } from '../reactions/follow-ups.ts'
import { reactionGauges } from '../reactions/gauges.ts'
import { beginRules } from '../reactions/start-rules.ts'
import { isLoopbackName, type Reach } from '../webhooks/addresses.ts'
import { WebhookDesk } from '../webhooks/webhook-desk.ts'
import { Reactions } from '../workers/reactions.ts'
import type { ServerConfig } from './config.ts'
import type { LedgerRoom } from './open-ledger-room.ts'
import type { ReadingRoom } from './reading-room.ts'

interface Rooms {
  readonly guarded: GuardedStreams
  readonly metrics: Metrics
  readonly reading: ReadingRoom
  readonly erasures: Erasures
}

export async function openReactions(
  config: ServerConfig,
  room: LedgerRoom,
  { guarded, metrics, reading, erasures }: Rooms,
): Promise<{ readonly reactions: Reactions; readonly webhooks: WebhookDesk }> {
  const { files, masterKey, source, ledger, store, keys, clock } = room
  const reach = reachOf(config)
  const reactionStore = ReactionStore.open(files.reactions)
  beginRules(reactionStore, rules, { head: await store.head(), at: clock.instant() })
  reactionStore.close()
  const reactions = new Reactions(
    { events: source, reactions: files.reactions, keys: files.keys, masterKey, clock: clock.memory, reach },
    new FollowUps(ledger, guarded),
    new ExpiryDesk({ store, keys, guarded, trail: reading.trail, purger: reading, erasures }),
  )
  reactionGauges(metrics.registry, reactions, store)
  return { reactions, webhooks: new WebhookDesk({ ledger, store, keys, reach, now: clock.instant }) }
}

/** A server that serves others, directly or behind a proxy, sends no webhooks to its own machine. */
function reachOf({ host, publicUrl }: ServerConfig): Reach {
  return publicUrl === null && isLoopbackName(host) ? 'public-or-loopback' : 'public'
}
