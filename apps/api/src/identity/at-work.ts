import { TypedError } from '../http/typed-error.ts'
import type { Caller } from './caller.ts'
import type { Directory } from './directory.ts'

/** Somebody's credential or role that is about to end. */
interface Ending {
  readonly idle: PromiseWithResolvers<void>
  /** How many wait for it, or record it. */
  count: number
}

/**
 * Who is recording at this moment. A request is admitted before its body comes, and what it sends is on its way for a while: without this
 * an event could stand in the record behind the revocation of the key that it came by, or of the role that its sender had.
 */
export class AtWork {
  /** Calls under way, by the id of their actor. */
  private readonly calls = new Map<string, number>()
  private readonly endings = new Map<string, Ending>()

  constructor(
    private readonly directory: Directory,
    private readonly now: () => string,
  ) {}

  /** Runs `work`, which records something. @throws TypedError UNAUTHENTICATED, FORBIDDEN when what let the caller in has ended since. */
  async record<Result>(caller: Caller, work: () => Promise<Result>): Promise<Result> {
    this.requireStanding(caller)
    const { id } = caller.actor
    this.calls.set(id, (this.calls.get(id) ?? 0) + 1)
    try {
      return await work()
    } finally {
      this.leave(id)
    }
  }

  /** Runs `work`, which takes something from this actor: when nothing of his is under way any more, and before anything else begins. */
  async end<Result>(actor: string, work: () => Promise<Result>): Promise<Result> {
    const ending = this.endings.get(actor) ?? { idle: Promise.withResolvers<void>(), count: 0 }
    this.endings.set(actor, ending)
    ending.count++
    try {
      if (this.calls.has(actor)) await ending.idle.promise
      return await work()
    } finally {
      ending.count--
      if (ending.count === 0) this.endings.delete(actor)
    }
  }

  private leave(id: string): void {
    const left = (this.calls.get(id) ?? 0) - 1
    if (left > 0) this.calls.set(id, left)
    else {
      this.calls.delete(id)
      this.endings.get(id)?.idle.resolve()
    }
  }

  private requireStanding({ via, credential, workspace, roles, actor }: Caller): void {
    const isEnding = this.endings.has(actor.id)
    if (via === 'key') {
      if (isEnding || this.directory.key(credential)?.revokedAt !== null)
        throw new TypedError('UNAUTHENTICATED', 'The API key has been revoked.')
      return
    }
    const held = this.directory.membersOf(workspace).rolesOf(actor.id, this.now())
    if (isEnding || !roles.every((role) => held.includes(role)))
      throw new TypedError('FORBIDDEN', 'Your role here was changed before this was recorded. Nothing was.')
  }
}
