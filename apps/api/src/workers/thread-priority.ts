import { setPriority } from 'node:os'

/** How nice this thread is to the others. Only on Linux is that the thread's own; elsewhere it would slow the whole process. */
export function setThreadPriority(nice: number): void {
  if (process.platform === 'linux') setPriority(0, nice)
}
