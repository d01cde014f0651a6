import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A segment begins with this; records follow. */
export const MAGIC = Buffer.from('annalob1')

/** Where a record begins or the next one will. Places are ordered by segment, then offset; no two records ever have the same. */
export interface Place {
  readonly segment: number
  readonly offset: number
}

export function segmentFile(folder: string, segment: number): string {
  return join(folder, `${String(segment).padStart(10, '0')}.segment`)
}

/** The numbers of the segments of a folder, ascending. */
export async function segmentNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder)
  return names
    .flatMap((name) => /^(\d{10,15})\.segment$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

/** Makes the names of new, renamed and removed files durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
