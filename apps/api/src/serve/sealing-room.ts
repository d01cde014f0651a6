import { randomUUID } from 'node:crypto'
import { LagHistogram, loadSigningKeys } from '@annal/ledger'
import { reportFault } from '../http/report-fault.ts'
import { OPERATOR } from '../identity/record-access.ts'
import { type ContinuationOutcome, continueLog } from '../log/continue-log.ts'
import { KeyRotation } from '../log/key-rotation.ts'
import { LogBoard } from '../log/log-board.ts'
import { recordFork } from '../log/record-fork.ts'
import { KeyRecord } from '../log/signing-keys.ts'
import { SealerThread } from '../workers/sealer.ts'
import type { ServerConfig } from './config.ts'
import type { LedgerRoom } from './open-ledger-room.ts'

/** The thread that seals, and what is known of the logs. */
export interface SealingRoom {
  readonly board: LogBoard
  readonly sealer: SealerThread
  readonly lag: LagHistogram
  /** Seals from now on. The record must have been opened: it says what the logs are called. */
  follow(host: string): Promise<void>
  /** A new key signs, the others beside it for so many hours. Gives the instant at which they end. */
  readonly rotateSigningKey: KeyRotation['rotate']
  /** An operator continues a closed log. */
  readonly continueLog: (workspace: string, reason: string) => Promise<ContinuationOutcome>
  close(): Promise<void>
}

/**
 * Compares every log with the heads that were signed for it, before anything is recorded; logs whose record went back are closed then.
 * Whatever else keeps the sealer from its work leaves recording alone.
 */
export async function openSealingRoom(room: LedgerRoom, config: ServerConfig): Promise<SealingRoom> {
  const { files, masterKey, source, store, ledger, gate, clock } = room
  const lag = new LagHistogram()
  const board = new LogBoard(gate)
  const keys = new KeyRecord({ ledger, store, now: clock.instant })
  const signingKeys = loadSigningKeys(config.signingKeyFile)
  const sealerFiles = {
    events: source,
    keys: files.keys,
    masterKey,
    folders: { tiles: files.tiles, heads: files.heads },
    index: files.log,
    publish: config.publishFolder,
    witnesses: config.witnesses,
    timestampUrl: config.timestampUrl,
    signingKeys,
    clock: clock.memory,
    lag: lag.memory,
  }
  const sealer = new SealerThread(sealerFiles, board, {
    makeIndexKey: async (workspace: string) => void room.keys.indexKey(workspace),
    introduceKeys: (origin: string, verifierKeys: readonly string[]) => keys.introduce(origin, verifierKeys),
  })
  await sealer.ready
  reportForks(board, room)
  const follow = async (host: string) => {
    await keys.nameSystemLog(host, signingKeys)
    await keys.retire(signingKeys, 'lost')
    if (config.seals) await sealer.follow()
  }
  const rotation = new KeyRotation({ file: config.signingKeyFile, record: keys, sealer, clock })
  const continueIt = (workspace: string, reason: string) =>
    continueLog(ledger, board, { id: randomUUID(), workspace, actor: OPERATOR, reason, at: clock.instant() })
  const close = () => {
    rotation.close()
    return sealer.close()
  }
  return {
    board,
    sealer,
    lag,
    follow,
    rotateSigningKey: (hours, because) => rotation.rotate(hours, because),
    continueLog: continueIt,
    close,
  }
}

function reportForks(board: LogBoard, room: LedgerRoom): void {
  const record = (report: Parameters<typeof recordFork>[1]) =>
    void recordFork(room, report).catch((error: unknown) => reportFault(error, 'log-fork'))
  for (const report of board.closedLogs()) record(report)
  board.onReport((report) => {
    if (report.closed !== null) record(report)
  }, new AbortController().signal)
}
