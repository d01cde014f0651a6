import { existsSync, readFileSync } from 'node:fs'

/** Resident memory of a process with all its threads, in MiB; null where there is no /proc. */
export function residentMemory(pid: number): number | null {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return null
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1]
  if (kib === undefined) throw new Error(`expected VmRSS in ${status}, found none`)
  return Number(kib) / 1024
}
