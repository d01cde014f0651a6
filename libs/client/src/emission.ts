import type { Observations } from '@annal/domain'

/** The names of the events that services record. Decisions are made by people and are not among them, nor is what administrators set. */
export type ObservationName = Exclude<keyof Observations, 'TierChanged' | 'QuotaSet'>

/** An event to emit: its type and that type's data; the client fills in the rest. */
export interface Emission<Type extends ObservationName = ObservationName> {
  readonly type: Type
  readonly data: Observations[Type]
  /** Any UUID; a new one of version 7 if absent. The same id is the same event, however often it is emitted. */
  readonly id?: string
  /** When it came to pass, RFC 3339 or a Date; now if absent. */
  readonly occurredAt?: string | Date
  /** What belongs together: at most 100 lower-case letters, digits and `. _ ~ -`. */
  readonly correlationId?: string
  /** The event that caused it, `<stream>/<event id>`. */
  readonly causationId?: string
}

/** The event as a person or another program may have written it: nothing of it is believed yet. */
export interface UncheckedEmission {
  readonly type: string
  readonly data: unknown
  readonly id?: string | undefined
  readonly occurredAt?: string | Date | undefined
  readonly correlationId?: string | undefined
  readonly causationId?: string | undefined
}
