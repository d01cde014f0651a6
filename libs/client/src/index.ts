export {
  type AnnalClient,
  type ClientOptions,
  createClient,
  type Delivery,
  type Emitted,
  type FlushOutcome,
} from './create-client.ts'
export type { Emission, ObservationName, UncheckedEmission } from './emission.ts'
export { ClientClosed, InvalidEvent, OutboxCorrupt, OutboxFull, OutboxLocked, OutboxUnwritable } from './errors.ts'
export type { OutboxOptions } from './outbox/outbox.ts'
export type { Refusal } from './refused-file.ts'
export type { Obstacle, Receipt } from './send/post-events.ts'
