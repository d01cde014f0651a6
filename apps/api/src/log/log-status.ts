import { comparePositions, type EventReader, isSimulated, type OutreachStatus, type Position, readIntroducedKeys } from '@annal/ledger'
import { parseEventBytes } from '@annal/proof'
import type { ServerClock } from '../clock/server-clock.ts'
import type { ServerConfig } from '../serve/config.ts'
import type { QueryPool } from '../workers/query-pool.ts'
import type { SealerThread } from '../workers/sealer.ts'
import type { LogBoard } from './log-board.ts'
import type { LogReport } from './log-report.ts'
import { witnessPolicy } from './witness-policy.ts'

export interface LogStatusOptions {
  readonly board: LogBoard
  readonly sealer: SealerThread
  readonly pool: QueryPool
  readonly store: EventReader
  readonly clock: ServerClock
  readonly config: Pick<ServerConfig, 'publishFolder' | 'witnesses' | 'timestampUrl'>
}

const MOST_COUNTED = 1_000

/** What the API tells of a workspace's log; costly members are functions, asked for only where a query does. */
export class LogStatus {
  constructor(private readonly options: LogStatusOptions) {}

  of(workspace: string) {
    const { board, pool, clock, config } = this.options
    const log = board.of(workspace)
    const origin = log?.origin ?? ''
    return {
      __typename: 'Log',
      ...stateOf(log, board.lostReason),
      origin,
      simulatedClock: isSimulated(origin),
      treeSize: String(log?.head?.size ?? 0),
      head: () => (log === null || log.head === null ? null : pool.treeHead(log.name, log.head)),
      unsealed: async () => (await this.unsealed(workspace)).events,
      lagMilliseconds: async () => (await this.unsealed(workspace)).lag,
      witnesses: () => this.witnesses(workspace),
      witnessQuorum: () => this.quorum(workspace),
      timestampAuthority: config.timestampUrl,
      timestampProblem: async () => (await this.outreach(workspace)).timestampProblem,
      publishFolder: config.publishFolder !== null,
      keys: () => this.keys(origin),
      history: () => (log === null ? [] : pool.logHistory(log.name, clock.now())),
    }
  }

  private async witnesses(workspace: string) {
    const said = (await this.outreach(workspace)).witnesses
    return this.options.config.witnesses.map(({ key, verifierKey, url }) => {
      const status = said.find((other) => other.verifierKey === verifierKey)
      const lastSize = status?.lastSize ?? null
      const problem = status === undefined ? 'It has not been asked yet.' : status.problem
      return {
        name: key.name,
        verifierKey,
        url,
        lastSize: lastSize === null ? null : String(lastSize),
        lastAt: status?.lastAt ?? null,
        problem,
      }
    })
  }

  private outreach(workspace: string): Promise<OutreachStatus> {
    const { sealer, board } = this.options
    return board.lostReason === null ? sealer.outreach(workspace) : Promise.resolve({ witnesses: [], timestampProblem: null })
  }

  private async quorum(workspace: string): Promise<number> {
    const { store, config } = this.options
    return (await witnessPolicy(workspace, store, config.witnesses))?.quorum ?? 0
  }

  private async keys(origin: string) {
    const keys = await readIntroducedKeys(this.options.store)
    return keys
      .filter(({ key }) => key.name === origin)
      .reverse()
      .map(({ key, verifierKey, introducedAt, retiredAt }) => ({ name: key.name, verifierKey, introducedAt, retiredAt }))
  }

  /** What the sealer has counted and not signed, and what it has not read. */
  private async unsealed(workspace: string): Promise<{ readonly events: number; readonly lag: number }> {
    const { sealer, board, store, clock } = this.options
    if (board.lostReason !== null) return this.behind(workspace, null, 0)
    const { position, unsealed, since } = await sealer.progress(workspace)
    const head = await store.head()
    const isRead = head === null || (position !== null && comparePositions(position as Position, head) >= 0)
    if (isRead) return { events: Math.min(unsealed, MOST_COUNTED), lag: since === null ? 0 : Math.max(0, clock.now() - Date.parse(since)) }
    return this.behind(workspace, position as Position | null, unsealed, since)
  }

  private async behind(workspace: string, after: Position | null, unsealed: number, since: string | null = null) {
    const { store, clock } = this.options
    const unread = await store.readAll({ after, limit: MOST_COUNTED, streamPrefix: `${workspace}.` })
    const [oldest] = unread
    const parsed = oldest === undefined ? null : parseEventBytes(oldest.bytes)
    const from = since ?? (parsed?.status === 'parsed' ? parsed.envelope.recordedAt : null)
    return {
      events: Math.min(MOST_COUNTED, unsealed + unread.length),
      lag: from === null ? 0 : Math.max(0, clock.now() - Date.parse(from)),
    }
  }
}

function stateOf(
  log: LogReport | null,
  lost: string | null,
): { readonly state: 'OPEN' | 'CLOSED' | 'FAILED'; readonly reason: string | null } {
  if (log?.standing === 'closed') return { state: 'CLOSED', reason: log.reason }
  if (lost !== null) return { state: 'FAILED', reason: lost }
  if (log?.standing === 'failed') return { state: 'FAILED', reason: log.reason }
  return { state: 'OPEN', reason: null }
}
