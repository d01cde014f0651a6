import { locatedError } from 'graphql'
import { type Answer, respond } from '../graphql/answer.ts'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import type { Variables } from '../graphql/operation.ts'
import type { Role } from '../identity/caller.ts'
import type { CompiledAppend } from './compile-append.ts'
import { type EventEnvelopeInput, readEnvelopeInput } from './read-envelope-input.ts'
import type { Recorder } from './recorder.ts'

/** Answers compiled appends. */
export class DirectAppend {
  private readonly roles: ReadonlySet<Role>

  /** `roles`: who may append; all others are refused on the general way. */
  constructor(
    private readonly recorder: Recorder,
    roles: readonly Role[],
  ) {
    this.roles = new Set(roles)
  }

  /** Null where the general way has to answer. `variables`: coerced. */
  answer(append: CompiledAppend, variables: Variables, context: RequestContext): Promise<Answer> | null {
    const events: unknown = variables[append.variable]
    if (!this.roles.has(context.caller.role) || !Array.isArray(events)) return null
    return this.record(append, events, context)
  }

  private async record(append: CompiledAppend, events: readonly EventEnvelopeInput[], context: RequestContext): Promise<Answer> {
    try {
      const outcomes = await this.recorder.record(events.map(readEnvelopeInput), context.caller)
      return { status: 200, body: append.write(outcomes) }
    } catch (error) {
      return respond({ data: null, errors: [locatedError(error, [append.field], [append.key])] }, context)
    }
  }
}
