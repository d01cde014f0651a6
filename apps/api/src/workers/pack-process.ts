import { once } from 'node:events'
import type { MasterKey, SigningKey } from '@annal/ledger'
import { reportFault } from '../http/report-fault.ts'
import type { PinnedHeads } from '../packs/build/pinned-head.ts'
import type { BuildPlace } from '../packs/job-folder.ts'
import type { BuiltPack, PackJob } from '../packs/pack-job.ts'
import { WorkerCalls } from './calls.ts'
import type { EventSource } from './event-source.ts'
import type { BuildProgress, PackOrder, PackSources } from './pack-worker.ts'
import { startProcess } from './start-process.ts'

/** What packs are made from, and the keys that open and sign it. */
export interface PackFiles extends PackSources {
  readonly masterKey: MasterKey
}

export interface PackBuild {
  readonly job: PackJob
  readonly heads: PinnedHeads
  readonly signingKeys: readonly SigningKey[]
  readonly place: BuildPlace
}

/** A process for one pack, which ends with it: packs are rare and take memory, and what ends one must not end the server. */
export async function buildInProcess(
  { masterKey, ...sources }: PackFiles,
  { signingKeys, ...build }: PackBuild,
  progress: (share: number) => void,
): Promise<BuiltPack> {
  const child = startProcess('pack-worker')
  child.on('error', (error) => reportFault(error, 'packs'))
  child.on('message', (message: unknown) => {
    if (isProgress(message)) progress(message.share)
  })
  const gone = once(child, 'exit')
  try {
    const order: PackOrder = {
      ...build,
      sources: { ...sources, events: beyondProcess(sources.events) },
      masterKey: masterKey.export(),
      signingKeys: signingKeys.map(({ privateKey, publicKey }) => ({
        privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
        publicKey,
      })),
    }
    const calls = new WorkerCalls({
      on: (event, listener) => child.on(event, listener),
      postMessage: (message) => child.send(message as object),
    })
    return await calls.call<BuiltPack>('build', order)
  } catch (error) {
    const { exitCode, signalCode } = child
    if (exitCode === null && signalCode === null) throw error
    throw new Error(`The process that made the pack ended (${signalCode ?? exitCode}) before it was done.`, { cause: error })
  } finally {
    child.kill('SIGKILL')
    await gone
  }
}

function beyondProcess(events: EventSource): EventSource {
  return events.kind === 'sqlite' ? { kind: 'sqlite', file: events.file } : events
}

function isProgress(message: unknown): message is BuildProgress {
  return typeof message === 'object' && message !== null && 'share' in message
}
