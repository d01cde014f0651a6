import type { KeyStore } from '@annal/ledger'
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { TypedError } from '../http/typed-error.ts'
import { greatestPosition, presentOutcome } from './present-outcome.ts'
import { type EventEnvelopeInput, readEnvelopeInput } from './read-envelope-input.ts'
import type { Recorder } from './recorder.ts'

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
    return { outcomes: outcomes.map(presentOutcome), position: greatestPosition(outcomes) }
  }

  /** The reference is never logged, and stands nowhere but as an HMAC in the key store. */
  @Mutation('subjectFor')
  subjectFor(@Args('reference') reference: string, @Context() { caller }: RequestContext) {
    if (reference.length === 0 || reference.length > LONGEST_REFERENCE)
      throw new TypedError('BAD_USER_INPUT', `A reference has 1 to ${LONGEST_REFERENCE} characters.`)
    return { __typename: 'Subject', id: this.keys.subjectFor(caller.workspace, reference) }
  }
}
