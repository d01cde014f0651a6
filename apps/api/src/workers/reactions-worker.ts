import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { reactions } from '@annal/domain'
import { type DeliveryPage, type EventDraft, type MasterKey, openKeyStore, type Position, ReactionStore } from '@annal/ledger'
import { ServerClock } from '../clock/server-clock.ts'
import type { ExpiryPage } from '../reactions/expiry-run.ts'
import type { Acknowledgement } from '../reactions/follow-ups.ts'
import { Reactor } from '../reactions/reactor.ts'
import type { Reach } from '../webhooks/addresses.ts'
import { usualSchedule } from '../webhooks/retry-schedule.ts'
import { Sender } from '../webhooks/sender.ts'
import { serveCalls, WorkerCalls } from './calls.ts'
import { type EventSource, openSource } from './event-source.ts'
import { setThreadPriority } from './thread-priority.ts'

/** What the reactions read and write. */
export interface ReactionFiles {
  readonly events: EventSource
  readonly reactions: string
  readonly keys: string
  readonly masterKey: MasterKey
  /** Memory of the server's clock. */
  readonly clock: SharedArrayBuffer
  readonly reach: Reach
}

/** Where the writer of events is asked to record what follows. */
export interface ReactionSurroundings extends ReactionFiles {
  readonly writer: MessagePort
}

/** Sent after each commit, and when a delivery was settled. */
export type ReactionReport =
  | { readonly report: 'progress'; readonly position: Position | null; readonly owed: number }
  | { readonly report: 'fault'; readonly error: unknown }
  | { readonly report: 'failed'; readonly error: unknown }

/** Those who append and those who look go first. */
const PRIORITY = 7
const PATIENCE = 15_000

const port = parentPort
if (port === null) throw new Error('expected to run as a worker')
setThreadPriority(PRIORITY)
const around: ReactionSurroundings = workerData
const writer = new WorkerCalls(around.writer)
const keys = openKeyStore({ file: around.keys, masterKey: around.masterKey, mode: 'read' })
const events = await openSource(around.events)
const store = ReactionStore.open(around.reactions)
const stopped = new AbortController()
const { signal } = stopped

function send(report: ReactionReport): void {
  port?.postMessage(report)
}

function reportProgress(): void {
  send({ report: 'progress', position: store.cursor(), owed: store.deliveries.owed() })
}

const sender = new Sender({
  deliveries: store.deliveries,
  events,
  keys,
  reach: around.reach,
  schedule: usualSchedule,
  patience: PATIENCE,
  signal,
  changed: reportProgress,
  failed: (error) => send({ report: 'fault', error }),
})

const clock = new ServerClock(around.clock)
const ended = Reactor.run({
  rules: reactions,
  store,
  events,
  record: (drafts: readonly EventDraft[]) => writer.call<Acknowledgement>('record', drafts),
  expire: (page: ExpiryPage) => writer.call<Acknowledgement>('expire', page),
  now: clock.now,
  isSimulated: clock.isSimulated,
  signal,
  committed: (_position, hasDeliveries) => {
    reportProgress()
    if (hasDeliveries) sender.wake()
  },
}).catch((error: unknown) => {
  if (!signal.aborted) send({ report: 'failed', error })
})
sender.wake()
reportProgress()

serveCalls(port, {
  webhooks: async (workspace: string) =>
    store.deliveries
      .webhooks()
      .filter((webhook) => webhook.workspace === workspace)
      .map((webhook) => ({ ...webhook, undelivered: store.deliveries.undelivered(workspace, webhook.id) })),
  deliveries: async (page: DeliveryPage) => store.deliveries.page(page),
  replay: async (workspace: string, id: string) => {
    const delivery = store.deliveries.replay(workspace, id)
    sender.wake()
    reportProgress()
    return delivery
  },
  stop: async () => {
    stopped.abort()
    await Promise.all([ended, sender.stopped()])
    await events.close()
    keys.close()
    store.close()
    around.writer.close()
  },
})
