import { open, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { OutboxCorrupt } from '../errors.ts'
import { unframe } from './frame.ts'
import { MAGIC, syncFolder } from './segments.ts'

/** What stands in a segment from `from` on. `length`: up to where its records reach. */
export interface Recovered {
  readonly length: number
  readonly records: number
}

/**
 * Reads a segment from the record at `from` on. Of the last one, what follows the last whole record is what a crash left half written: it
 * never was acknowledged, is cut off and kept beside the segment in `<segment>.torn`. In an earlier one nothing can be half written.
 * @throws OutboxCorrupt
 */
export async function recoverSegment(file: string, from: number, isLast: boolean): Promise<Recovered> {
  const bytes = await readFile(file)
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    if (!isLast || bytes.length > MAGIC.length) throw new OutboxCorrupt(file, 0, 'another beginning')
    await cut(file, bytes, 0)
    return { length: MAGIC.length, records: 0 }
  }
  const { length, records, found } = wholeRecords(bytes, Math.min(from, bytes.length))
  if (length === bytes.length) return { length, records }
  if (!isLast) throw new OutboxCorrupt(file, length, found)
  await cut(file, bytes, length)
  return { length, records }
}

function wholeRecords(bytes: Buffer, from: number): Recovered & { readonly found: string } {
  let length = from
  for (let records = 0; ; records++) {
    const next = unframe(bytes, length)
    if (next.status !== 'record') return { length, records, found: next.status === 'damaged' ? next.found : 'half a record' }
    length = next.end
  }
}

/** Durable on return. A segment without a whole beginning gets one. */
async function cut(file: string, bytes: Buffer, length: number): Promise<void> {
  if (bytes.length > length) await writeFile(`${file.replace(/\.segment$/, '')}.torn`, bytes.subarray(length), { mode: 0o600, flush: true })
  const handle = await open(file, 'r+')
  try {
    await handle.truncate(length)
    if (length === 0) await handle.write(MAGIC, 0, MAGIC.length, 0)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncFolder(dirname(file))
}
