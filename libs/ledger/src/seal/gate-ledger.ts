import type { EventDraft, RecordOutcome } from '../append/event-draft.ts'
import type { Ledger } from '../append/open-ledger.ts'

/** Which workspaces' logs are closed, and why: what is signed and public there is not what the record holds. */
export class LogGate {
  readonly #closed = new Map<string, string>()

  close(workspace: string, reason: string): void {
    this.#closed.set(workspace, reason)
  }

  open(workspace: string): void {
    this.#closed.delete(workspace)
  }

  /** Why nothing is recorded in this workspace, or null. */
  reason(workspace: string): string | null {
    return this.#closed.get(workspace) ?? null
  }

  get isOpen(): boolean {
    return this.#closed.size === 0
  }
}

/** The ledger, but drafts for a workspace whose log is closed are refused. Only the decision to continue the log gets through. */
export function gateLedger(ledger: Ledger, gate: LogGate): Ledger {
  return {
    append: (drafts) => (gate.isOpen ? ledger.append(drafts) : appendOpen(ledger, gate, drafts)),
    whileStill: (stream, work) => ledger.whileStill(stream, work),
    close: () => ledger.close(),
  }
}

async function appendOpen(ledger: Ledger, gate: LogGate, drafts: readonly EventDraft[]): Promise<RecordOutcome[]> {
  const refusals = drafts.map((draft) => refusalOf(draft, gate))
  const outcomes = await ledger.append(drafts.filter((_draft, i) => refusals[i] === null))
  let next = 0
  return refusals.map((refusal, i) => refusal ?? outcomes[next++] ?? missing(i))
}

function refusalOf({ id, workspace, type }: EventDraft, gate: LogGate): RecordOutcome | null {
  const reason = gate.reason(workspace)
  if (reason === null || type === 'LogContinued') return null
  const message = `${reason} Nothing is recorded until an administrator continues the log under a new origin.`
  return { status: 'refused', id, code: 'LogBehindPublishedHead', message }
}

function missing(place: number): never {
  throw new Error(`expected an outcome for draft ${place}, found none`)
}
