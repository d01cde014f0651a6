import type { EventReader } from '@annal/ledger'
import { Gauge, type Registry } from 'prom-client'
import type { Reactions } from '../workers/reactions.ts'

const MOST_COUNTED = 1_000

/** What an operator watches of the reactions. */
export function reactionGauges(registry: Registry, reactions: Reactions, events: EventReader): void {
  const registers = [registry]
  new Gauge({
    name: 'annal_reactions_behind_events',
    help: 'How many events the reactions have not seen to; counting stops at 1,000.',
    registers,
    async collect() {
      this.set(await events.countAfter(reactions.position, MOST_COUNTED))
    },
  })
  new Gauge({
    name: 'annal_reactions_failing',
    help: '1 while the reactions have ended with an error and are being started again.',
    registers,
    collect() {
      this.set(reactions.problem() === null ? 0 : 1)
    },
  })
  new Gauge({
    name: 'annal_webhook_undelivered',
    help: 'Deliveries that webhooks are owed; counting stops at 10,000.',
    registers,
    collect() {
      this.set(reactions.owed)
    },
  })
}
