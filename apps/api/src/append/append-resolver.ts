import type { KeyStore, Receipt } from '@annal/ledger'
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { TypedError } from '../http/typed-error.ts'
import { type EventEnvelopeInput, readEnvelopeInput } from './read-envelope-input.ts'
import type { Recorder } from './recorder.ts'
import type { AppendOutcome, Refusal } from './refusal.ts'

const LONGEST_REFERENCE = 1_000

/** The mutations of emitting services. */
@Resolver()
export class AppendResolver {
  constructor(
    private readonly recorder: Recorder,
    private readonly keys: KeyStore,
  ) {}

  @Mutation('append')
  async append(@Args('events') events: readonly EventEnvelopeInput[], @Context() { caller }: RequestContext) {
    const outcomes = await this.recorder.record(events.map(readEnvelopeInput), caller)
    return { outcomes: outcomes.map(present), position: greatestPosition(outcomes) }
  }

  /** The reference is never logged, and stands nowhere but as an HMAC in the key store. */
  @Mutation('subjectFor')
  subjectFor(@Args('reference') reference: string, @Context() { caller }: RequestContext) {
    if (reference.length === 0 || reference.length > LONGEST_REFERENCE)
      throw new TypedError('BAD_USER_INPUT', `A reference has 1 to ${LONGEST_REFERENCE} characters.`)
    return { __typename: 'Subject', id: this.keys.subjectFor(caller.workspace, reference) }
  }
}

function present(outcome: AppendOutcome) {
  return outcome.status === 'recorded' ? presentReceipt(outcome) : presentRefusal(outcome)
}

function presentReceipt({ id, stream, streamVersion, position, recordedAt, repeated, erased }: Receipt) {
  return { __typename: 'Receipt', id, stream, streamVersion: String(streamVersion), position, recordedAt, repeated, erased }
}

function presentRefusal({ id, code, message, path }: Refusal) {
  return { __typename: 'Refusal', id, code: upperSnake(code), message, path: path === '' ? null : path }
}

/** `SiblingRefused` → `SIBLING_REFUSED`. */
export function upperSnake(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, '_$&').toUpperCase()
}

function greatestPosition(outcomes: readonly AppendOutcome[]): string | null {
  let greatest: string | null = null
  for (const outcome of outcomes)
    if (outcome.status === 'recorded' && (greatest === null || outcome.position > greatest)) greatest = outcome.position
  return greatest
}
