import { type Actor, type Ledger, nextOrigin } from '@annal/ledger'
import { ownDraft } from '../identity/record-access.ts'
import type { LogBoard } from './log-board.ts'

/** How long, in ms, a decision waits to see the log open again. */
const PATIENCE = 20_000

export interface LogContinuation {
  /** Of the decision: sent again, it decides once. */
  readonly id: string
  readonly workspace: string
  readonly actor: Actor
  readonly reason: string
  readonly at: string
}

export type ContinuationOutcome =
  | { readonly status: 'continued'; readonly origin: string }
  | { readonly status: 'refused'; readonly code: 'LOG_NOT_CLOSED' | 'INVALID_EVENT'; readonly message: string }

/** An administrator's decision to go on under a new origin. It is the first entry of the new log; the old one stays as it is, for ever. */
export async function continueLog(
  ledger: Ledger,
  board: LogBoard,
  { id, workspace, actor, reason, at }: LogContinuation,
): Promise<ContinuationOutcome> {
  const log = board.of(workspace)
  if (log === null) return refused('LOG_NOT_CLOSED', `There is no log of ${workspace}: there is nothing to continue.`)
  if (log.closed === null) return refused('LOG_NOT_CLOSED', 'The log is not closed: there is nothing to continue.')
  const { origin, size, root } = log.closed
  const newOrigin = nextOrigin(origin)
  const draft = ownDraft({ type: 'LogContinued', data: { origin, size, root, newOrigin, reason }, workspace, actor, at, id })
  const [outcome] = await ledger.append([draft])
  if (outcome?.status === 'refused') return refused('INVALID_EVENT', outcome.message)
  await board.until(workspace, ({ standing }) => standing !== 'closed', PATIENCE)
  return { status: 'continued', origin: newOrigin }
}

function refused(code: 'LOG_NOT_CLOSED' | 'INVALID_EVENT', message: string): ContinuationOutcome {
  return { status: 'refused', code, message }
}
