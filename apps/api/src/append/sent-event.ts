/** An event as a sender gives it, from GraphQL or CloudEvents, before anything of it is believed. */
export interface SentEvent {
  readonly id: string
  readonly type: string
  readonly data: unknown
  /** A normalised instant. */
  readonly occurredAt: string
  readonly correlationId: string | null
  readonly causationId: string | null
  readonly expectedVersion: number | null
}
