import type { EventTypeName, PastEvent, StreamState } from '@annal/domain'
import type { Caller } from '../identity/caller.ts'

export type Fields = Readonly<Record<string, unknown>>

/** What a person asks to be recorded, as the event that it will be. */
export interface DecisionRequest {
  readonly id: string
  readonly type: EventTypeName
  /** What the person said. */
  readonly data: Fields
  readonly completion?: Completion
  /** Fields of the event that the form knows by another name. */
  readonly formNames?: Readonly<Record<string, string>>
}

/** Fields that the record knows and no form asks for. Sent again, a request is completed with what was recorded the first time. */
export interface Completion {
  readonly fields: readonly string[]
  complete(around: Surroundings): Promise<Completed> | Completed
}

export type Completed = { readonly status: 'completed'; readonly fields: Fields } | DecisionProblem

/** Why something is not decided, in the words of `DecisionRefused`. */
export interface DecisionProblem {
  readonly status: 'refused'
  readonly reason: string
  readonly message: string
  readonly path: string | null
}

export interface Surroundings {
  readonly caller: Caller
  /** The instant of the decision. */
  readonly at: string
  /** Of the stream that the event goes to. */
  readonly state: StreamState | null
  /** The newest version of a stream of this workspace (`model-cs`), -1 if there is none. */
  versionOf(stream: string): Promise<number>
  /** What stands in the stream that the event goes to, the oldest first. */
  facts(): Promise<readonly Pick<PastEvent, 'type' | 'data'>[]>
  /** The data of the first event of a stream of this workspace, or null. */
  beginningOf(stream: string): Promise<Fields | null>
  /** Whether the person could decide if he were asked to. */
  mayDecide(person: string): boolean
}

export function completed(fields: Fields): Completed {
  return { status: 'completed', fields: said(fields) }
}

export function problem(reason: string, message: string, path: string | null): DecisionProblem {
  return { status: 'refused', reason, message, path }
}

/** Without what a form left empty. */
export function said(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
}

/** An id of our making for what a client sent without one: the same for the same request. Its last 48 bits are random in every UUID. */
export function madeId(prefix: 'ap' | 'inc' | 'hold', request: string): string {
  return `${prefix}-${request.slice(-12)}`
}
