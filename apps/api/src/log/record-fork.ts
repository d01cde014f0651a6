import type { EventReader, Ledger, LogGate } from '@annal/ledger'
import { derivedId } from '@annal/proof'
import type { ServerClock } from '../clock/server-clock.ts'
import { recordOwn, SERVER, SYSTEM } from '../identity/record-access.ts'
import type { LogReport } from './log-report.ts'

interface WhereItIsRecorded {
  readonly ledger: Ledger
  readonly store: EventReader
  readonly gate: LogGate
  readonly clock: ServerClock
}

/** Records, once, in the system's log which signed head the record does not extend. Not where that log is closed itself. */
export async function recordFork({ ledger, store, gate, clock }: WhereItIsRecorded, { closed }: LogReport): Promise<void> {
  if (closed === null || gate.reason(SYSTEM) !== null) return
  const { origin, size, root, otherRoot, foundIn } = closed
  const id = derivedId('annal/log-fork/v1', [origin, size, root, otherRoot])
  if ((await store.findEvent(`${SYSTEM}.ledger-log`, id)) !== null) return
  const data = { origin, size, root, ...(otherRoot === null ? {} : { otherRoot }), foundIn }
  await recordOwn(ledger, [{ type: 'LogForkFound', data, workspace: SYSTEM, actor: SERVER, at: clock.instant(), id }])
}
