import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { comparePositions, type EventReader, LogHeads, type Position, type StoredHead, type Witness } from '@annal/ledger'
import type { LogBoard } from '../log/log-board.ts'
import { witnessPolicy } from '../log/witness-policy.ts'
import type { SealerThread } from '../workers/sealer.ts'
import type { PinnedHead, PinnedHeads } from './build/pinned-head.ts'

export interface PinSurroundings {
  readonly board: LogBoard
  readonly sealer: SealerThread
  readonly store: EventReader
  /** Those that the server is configured with. */
  readonly witnesses: readonly Witness[]
  /** `heads/` */
  readonly heads: string
}

/** How long, in ms, a pack waits for what was recorded before it to be sealed, and how often it looks. */
const PATIENCE = 60_000
const BREATH = 100
/** Heads that recipients may have kept: so many of the newest get a proof that the pack's continues them. */
const OLDER_HEADS = 64

/** Waits until all that is recorded now is under signed heads, and takes those heads. @throws when that takes too long. */
export async function pinHeads(workspace: string, around: PinSurroundings): Promise<PinnedHeads> {
  const now = await around.store.head()
  const until = performance.now() + PATIENCE
  for (const log of [workspace, 'system']) {
    while (!(await isSealed(log, now, around))) {
      if (performance.now() > until)
        throw new Error(`expected the log of ${log} to be sealed within a minute, found ${around.board.problem() ?? 'it is late'}`)
      await wait(BREATH)
    }
  }
  // Before a head is handed out, witnesses and the timestamp authority are asked for it; who is missing is missing in the pack.
  const [own, system] = await Promise.all([around.sealer.attest(workspace), around.sealer.attest('system')])
  const witnesses = await witnessPolicy(workspace, around.store, around.witnesses)
  return { workspace: pinned(workspace, own, around), system: pinned('system', system, around), witnesses }
}

async function isSealed(workspace: string, now: Position | null, { sealer, board }: PinSurroundings): Promise<boolean> {
  if (board.lostReason !== null || board.of(workspace)?.head == null) return false
  const { position, unsealed } = await sealer.progress(workspace)
  const isRead = now === null || (position !== null && comparePositions(position as Position, now) >= 0)
  return isRead && unsealed === 0
}

function pinned(workspace: string, head: StoredHead | null, { board, heads }: PinSurroundings): PinnedHead {
  const log = board.of(workspace)
  if (log === null || log.origin === null || head === null) throw new Error(`expected a signed head of the log of ${workspace}, found none`)
  const { name, origin } = log
  const kept = new LogHeads(join(heads, name))
  const said = kept.attestationsOf(head.size)
  const cosignatures = said.flatMap((one) => (one.kind === 'cosignature' ? [one] : []))
  return {
    log: name,
    origin,
    size: head.size,
    signedAt: head.at,
    olderSizes: kept
      .before(head.size, OLDER_HEADS)
      .map(({ size }) => size)
      .reverse(),
    note: head.note + cosignatures.map(({ line }) => `${line}\n`).join(''),
    witnessedBy: cosignatures.map(({ witness }) => witness),
    timestamps: said.flatMap((one) => (one.kind === 'timestamp' ? [{ authority: one.authority, response: one.token }] : [])),
  }
}
