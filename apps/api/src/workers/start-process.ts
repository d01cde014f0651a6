import { type ChildProcess, fork } from 'node:child_process'

const LIMITS = ['--max-semi-space-size=8', '--max-old-space-size=384']

/**
 * Starts a program of this folder in a process of its own, whose memory goes with it: compiled where we are compiled or bundled, from source
 * where we run from source.
 */
export function startProcess(name: string): ChildProcess {
  const fromSource = import.meta.url.endsWith('.ts')
  return fork(new URL(fromSource ? `./${name}.ts` : `../workers/${name}.js`, import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning', ...LIMITS, ...(fromSource ? ['--conditions=@annal/source'] : [])],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}
