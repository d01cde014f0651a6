import type { SigningKey } from '@annal/ledger'
import { reportFault } from '../http/report-fault.ts'
import type { PinnedHeads } from '../packs/build/pinned-head.ts'
import type { BuiltPack, PackJob } from '../packs/pack-job.ts'
import { WorkerCalls } from './calls.ts'
import type { BuildPlace, BuildProgress, PackWorkerFiles } from './pack-worker.ts'
import { startWorker } from './start-worker.ts'

export interface PackBuild {
  readonly job: PackJob
  readonly heads: PinnedHeads
  readonly signingKeys: readonly SigningKey[]
  readonly place: BuildPlace
}

/** A thread for one pack, which ends with it: packs are rare and take memory. */
export async function buildInThread(
  files: PackWorkerFiles,
  { job, heads, signingKeys, place }: PackBuild,
  progress: (share: number) => void,
): Promise<BuiltPack> {
  const worker = startWorker('pack-worker', files)
  worker.on('error', (error) => reportFault(error, 'packs'))
  worker.on('message', (message: unknown) => {
    if (isProgress(message)) progress(message.share)
  })
  try {
    return await new WorkerCalls(worker).call<BuiltPack>('build', job, heads, signingKeys, place)
  } finally {
    await worker.terminate()
  }
}

function isProgress(message: unknown): message is BuildProgress {
  return typeof message === 'object' && message !== null && 'share' in message
}
