import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import {
  LagHistogram,
  type MasterKey,
  Outreach,
  openKeyStore,
  PublishFolder,
  type SealedLog,
  Sealer,
  type SealFolders,
  type SigningKey,
  type Witness,
} from '@annal/ledger'
import { toBase64 } from '@annal/proof'
import { ServerClock } from '../clock/server-clock.ts'
import type { LogReport } from '../log/log-report.ts'
import { serveCalls, WorkerCalls } from './calls.ts'
import { type EventSource, openSource } from './event-source.ts'
import { setThreadPriority } from './thread-priority.ts'

/** What the sealer reads, writes and signs with. */
export interface SealerFiles {
  readonly events: EventSource
  readonly keys: string
  readonly masterKey: MasterKey
  readonly folders: SealFolders
  /** `log.db` */
  readonly index: string
  readonly publish: string | null
  readonly witnesses: readonly Witness[]
  readonly timestampUrl: string | null
  readonly signingKeys: readonly SigningKey[]
  /** Memory of the clock that the record goes by. */
  readonly clock: SharedArrayBuffer
  /** Memory of the histogram of seal lags. */
  readonly lag: SharedArrayBuffer
}

/** Sent by the sealer whenever it changes. `ready`: every log was compared with the heads that were signed. */
export type SealerMessage = { readonly log: LogReport } | { readonly ready: true }

/**
 * Appending goes before sealing, but not by much: each event is to be under a head within a second, whatever else is to be done.
 */
const PRIORITY = 5
const MEASURED = 256

const port = parentPort
if (port === null) throw new Error('expected to run as a worker')
setThreadPriority(PRIORITY)
const { files, main }: { files: SealerFiles; main: MessagePort } = workerData
/** What only the main thread does: it makes keys and writes events. */
const asks = new WorkerCalls(main)
const clock = new ServerClock(files.clock)
const lag = new LagHistogram(files.lag)
const keys = openKeyStore({ file: files.keys, masterKey: files.masterKey, mode: 'read' })
const events = await openSource(files.events)
const stopped = new AbortController()
let following: Promise<void> = Promise.resolve()

function send(message: SealerMessage): void {
  port?.postMessage(message)
}

function reportOf({ growing, standing, shown }: SealedLog): LogReport {
  const { name, log, origin, size } = growing
  const closed = standing.status === 'closed' ? standing : null
  return {
    name,
    workspace: log.workspace,
    generation: log.generation,
    origin,
    standing: standing.status,
    reason: 'reason' in standing ? standing.reason : null,
    size,
    head: shown,
    closed:
      closed === null
        ? null
        : {
            origin: closed.head.origin,
            size: closed.head.size,
            root: toBase64(closed.head.root),
            foundIn: closed.head.foundIn,
            otherRoot: closed.otherRoot === null ? null : toBase64(closed.otherRoot),
          },
  }
}

const sealer = await Sealer.open({
  events,
  keys,
  folders: files.folders,
  index: files.index,
  signingKeys: files.signingKeys,
  publish: files.publish === null ? null : new PublishFolder(files.publish),
  now: clock.now,
  makeIndexKey: (workspace) => asks.call('makeIndexKey', workspace),
  introduceKeys: (origin, verifierKeys) => asks.call('introduceKeys', origin, verifierKeys),
  onChange: (log) => send({ log: reportOf(log) }),
  onSealed: ({ recordedAt }) => measure(recordedAt),
})
const outreach = new Outreach({
  book: sealer.book,
  witnesses: files.witnesses,
  timestampUrl: files.timestampUrl,
  onChange: (log) => send({ log: reportOf(log) }),
})
await outreach.compare()
send({ ready: true })

/** Of a big batch, evenly chosen events stand for all. */
function measure(recordedAt: readonly string[]): void {
  const now = clock.now()
  const step = Math.max(1, Math.ceil(recordedAt.length / MEASURED))
  for (let i = 0; i < recordedAt.length; i += step) lag.add(now - Date.parse(recordedAt[i] ?? ''), Math.min(step, recordedAt.length - i))
}

/** Where the sealer stands with one workspace's log. */
export interface SealProgress {
  /** Up to where it has read the record. */
  readonly position: string | null
  /** Leaves under no shown head. */
  readonly unsealed: number
  /** When the oldest of them was recorded. */
  readonly since: string | null
}

function progressOf(workspace: string): SealProgress {
  const log = sealer.book.current(workspace)
  const unsealed = (log?.growing.size ?? 0) - (log?.shown?.size ?? 0)
  return { position: sealer.book.position, unsealed: Math.max(0, unsealed), since: log?.unsealedSince ?? null }
}

serveCalls(port, {
  follow: async () => {
    outreach.follow(stopped.signal)
    following = sealer.follow(stopped.signal)
    following.catch((error: unknown) => {
      // Nothing is lost: whoever starts next goes on from the files. The thread ends so that it begins from there.
      setImmediate(() => {
        throw error
      })
    })
  },
  progress: async (workspace: string) => progressOf(workspace),
  outreach: async (workspace: string) => outreach.status(workspace),
  attest: async (workspace: string) => outreach.attest(workspace),
  useSigningKeys: async (signingKeys: readonly SigningKey[]) => sealer.useSigningKeys(signingKeys),
  stop: async () => {
    stopped.abort()
    await following
    await sealer.close()
    await events.close()
    keys.close()
    main.close()
  },
})
