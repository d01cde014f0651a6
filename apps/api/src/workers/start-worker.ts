import { Worker } from 'node:worker_threads'

/** Starts a worker of this folder: compiled where we are compiled, from source where we run from source. */
export function startWorker(name: string, workerData: unknown): Worker {
  const fromSource = import.meta.url.endsWith('.ts')
  const execArgv = fromSource ? ['--disable-warning=ExperimentalWarning', '--conditions=@annal/source'] : process.execArgv
  return new Worker(new URL(`./${name}.${fromSource ? 'ts' : 'js'}`, import.meta.url), { workerData, execArgv, name })
}
