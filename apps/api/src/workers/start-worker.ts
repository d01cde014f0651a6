import { setFlagsFromString } from 'node:v8'
import { type Transferable, Worker } from 'node:worker_threads'

/** Small heaps for young objects: by default each thread would take up to 48 MiB before it collects. */
const resourceLimits = { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 384 }

// What the command line says of young objects has been taken for this thread; it would overrule the limits of all others.
setFlagsFromString('--max-semi-space-size=0')

/** Starts a worker of this folder: its bundle (`vite.config.ts`) where we are compiled, from source where we run from source. */
export function startWorker(name: string, workerData: unknown, transferList: readonly Transferable[] = []): Worker {
  const fromSource = import.meta.url.endsWith('.ts')
  const execArgv = ['--disable-warning=ExperimentalWarning', '--conditions=@annal/source']
  const url = new URL(fromSource ? `./${name}.ts` : `../threads/${name}.js`, import.meta.url)
  return new Worker(url, { workerData, transferList: [...transferList], name, resourceLimits, ...(fromSource ? { execArgv } : {}) })
}
