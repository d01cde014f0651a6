import { randomUUID } from 'node:crypto'
import { parseEvent } from '@annal/domain'
import type { Actor, EventDraft, Ledger, RecordOutcome } from '@annal/ledger'
import { TypedError } from '../http/typed-error.ts'

/** Who acts where no person does: the server itself, or an operator at its machine. */
export const SERVER: Actor = { kind: 'service', id: 'annal' }
export const OPERATOR: Actor = { kind: 'service', id: 'annal-operator' }

/** The log of what concerns the installation and not one workspace. */
export const SYSTEM = 'system'

/** The stream that says who may do what in a workspace. */
export function accessOf(workspace: string): string {
  return `${workspace}.workspace-access`
}

export interface OwnEvent {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
  readonly workspace: string
  readonly actor: Actor
  readonly at: string
  readonly id?: string
}

/** Drafts an event that only Annal records. @throws when it isn't what its type asks for: that is our own mistake. */
export function ownDraft({ type, data, workspace, actor, at, id = randomUUID() }: OwnEvent): EventDraft {
  const parsed = parseEvent(type, data, at)
  if (parsed.status === 'refused') throw new Error(`expected our own ${type} to be well-formed, found ${parsed.message}`)
  const { event } = parsed
  return {
    id,
    type: event.type,
    version: event.version,
    workspace,
    stream: `${workspace}.${event.stream}`,
    about: event.about,
    actor,
    occurredAt: at,
    correlationId: null,
    causationId: null,
    data: event.data,
    sealed: event.sealed,
    expectedVersion: null,
  }
}

/** What is wrong with data that came from outside for an event of our own, or null. */
export function ownProblem({ type, data, at }: Pick<OwnEvent, 'type' | 'data' | 'at'>): { message: string; path: string | null } | null {
  const parsed = parseEvent(type, data, at)
  return parsed.status === 'parsed' ? null : { message: parsed.message, path: parsed.path === '' ? null : parsed.path }
}

/** @throws TypedError BAD_USER_INPUT when data that came from outside can't stand in an event of our own. */
export function refuseProblem(event: Pick<OwnEvent, 'type' | 'data' | 'at'>): void {
  const problem = ownProblem(event)
  if (problem !== null) throw new TypedError('BAD_USER_INPUT', problem.message)
}

/** Records events of our own, all or an error. @throws TypedError LOG_BEHIND_PUBLISHED_HEAD where the workspace's log is closed. */
export async function recordOwn(ledger: Ledger, events: readonly OwnEvent[]): Promise<void> {
  const outcomes = await ledger.append(events.map(ownDraft))
  const refused = outcomes.find((outcome: RecordOutcome) => outcome.status === 'refused')
  if (refused?.status !== 'refused') return
  if (refused.code === 'LogBehindPublishedHead') throw new TypedError('LOG_BEHIND_PUBLISHED_HEAD', refused.message)
  throw new Error(`expected our own events to be recorded, found ${refused.code}: ${refused.message}`)
}
