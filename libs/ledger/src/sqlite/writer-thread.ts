/** The thread that writes events: `open-threaded-store.ts` starts it and holds the lock for it. */
import { parentPort, workerData } from 'node:worker_threads'
import { CommitSignal } from './commit-signal.ts'
import { requireConsistent } from './consistent-append.ts'
import { openEventDatabase } from './event-database.ts'
import type { Settlement } from './event-transactions.ts'
import type { Append } from './event-writer.ts'
import { type PackedAppends, unpackAppends } from './packed-appends.ts'
import { storeFailure } from './sqlite-failure.ts'
import {
  type ReadResult,
  type SentSettlement,
  type StreamRead,
  sendFailure,
  type WriterAnswer,
  type WriterRequest,
  type WriterThreadData,
} from './writer-messages.ts'

const port = parentPort
if (port === null) throw new Error('expected to run as a worker')
const { file, commits }: WriterThreadData = workerData
const { transactions, rows, close } = openEventDatabase(file, new CommitSignal(commits))

port.on('message', (request: WriterRequest) => {
  switch (request.kind) {
    case 'append':
      post({ kind: 'settled', settlements: append(request.group) })
      // Who waits is answered first, and their answers are sent while this goes on.
      if (transactions.isUntidy) transactions.tidy()
      break
    case 'read':
      post({ kind: 'read', call: request.call, result: read(request.read) })
      break
    case 'close':
      close()
      port.close()
  }
})

function post(answer: WriterAnswer): void {
  port?.postMessage(answer)
}

/** What isn't consistent fails alone. */
function append(group: PackedAppends): SentSettlement[] {
  const appends = unpackAppends(group)
  const problems = appends.map(problemOf)
  const stored = transactions.commit(appends.filter((_append, i) => problems[i] === null))[Symbol.iterator]()
  return problems.map((problem) => sent(problem === null ? stored.next().value : { status: 'failed', failure: problem }))
}

function problemOf(append: Append): unknown {
  try {
    requireConsistent(append)
    return null
  } catch (error) {
    return error
  }
}

function sent(settlement: Settlement | undefined): SentSettlement {
  if (settlement === undefined) throw new Error('expected a settlement for each append, found fewer')
  return settlement.status === 'stored' ? settlement : { status: 'failed', failure: sendFailure(settlement.failure) }
}

function read(asked: StreamRead): ReadResult {
  try {
    return { status: 'read', value: readValue(asked) }
  } catch (error) {
    return { status: 'failed', failure: sendFailure(storeFailure(error)) }
  }
}

function readValue(asked: StreamRead) {
  switch (asked.of) {
    case 'slice':
      return rows.readStream(asked.stream, asked.slice)
    case 'version':
      return rows.streamVersion(asked.stream)
    case 'event':
      return rows.findEvent(asked.stream, asked.id)
  }
}
