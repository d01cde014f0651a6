import { existsSync, readFileSync } from 'node:fs'

/** Resident memory of a process with all its threads, in MiB; null where there is no /proc. */
export function residentMemory(pid: number): number | null {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return null
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1]
  if (kib === undefined) throw new Error(`expected VmRSS in ${status}, found none`)
  return Number(kib) / 1024
}

/** The most that any process which this one has started ever held, in MiB, up to now; null where none runs. */
export function peakOfChildren(pid: number): number | null {
  const children = `/proc/${pid}/task/${pid}/children`
  if (!existsSync(children)) return null
  const peaks = readFileSync(children, 'utf8').trim().split(' ').filter(Boolean).map(peakOf)
  return peaks.length === 0 ? null : Math.max(...peaks)
}

/** 0 for a process that has ended meanwhile. */
function peakOf(pid: string): number {
  const status = `/proc/${pid}/status`
  const text = existsSync(status) ? readFileSync(status, 'utf8') : ''
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) / 1024
}
