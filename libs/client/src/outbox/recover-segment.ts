import { open, readFile, rename, rm, writeFile } from 'node:fs/promises'
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
 * never was acknowledged, is cut off and kept beside the segment in `<segment>.torn`. Whole records behind damage may have been
 * acknowledged, and sending one too many does no harm: they move up. In an earlier segment nothing can be half written.
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
  const behind = recordsBehind(bytes, length)
  if (behind.length === 0) await cut(file, bytes, length)
  else await moveUp(file, bytes, { length, behind })
  return { length: behind.reduce((end, record) => end + record.length, length), records: records + behind.length }
}

function wholeRecords(bytes: Buffer, from: number): Recovered & { readonly found: string } {
  let length = from
  for (let records = 0; ; records++) {
    const next = unframe(bytes, length)
    if (next.status !== 'record') return { length, records, found: next.status === 'damaged' ? next.found : 'half a record' }
    length = next.end
  }
}

/** The whole records behind the damage at `from`, wherever they begin: nothing else has their length and checksum. */
function recordsBehind(bytes: Buffer, from: number): Buffer[] {
  const records: Buffer[] = []
  for (let at = from + 1; at < bytes.length; ) {
    const next = unframe(bytes, at)
    if (next.status === 'record') records.push(bytes.subarray(at, next.end))
    at = next.status === 'record' ? next.end : at + 1
  }
  return records
}

/** Durable on return. A segment without a whole beginning gets one. On a disk that is full what was cut off is not kept. */
async function cut(file: string, bytes: Buffer, length: number): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.truncate(length)
    if (length === 0) await handle.write(MAGIC, 0, MAGIC.length, 0)
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (bytes.length > length) await keepTorn(file, bytes.subarray(length)).catch((error) => withoutRoom(error, tornFile(file)))
  await syncFolder(dirname(file))
}

/** Old or new, never half; durable on return. */
async function moveUp(
  file: string,
  bytes: Buffer,
  { length, behind }: { readonly length: number; readonly behind: readonly Buffer[] },
): Promise<void> {
  await keepTorn(file, bytes.subarray(length))
  const fresh = file.replace(/\.segment$/, '.new')
  await writeFile(fresh, Buffer.concat([bytes.subarray(0, length), ...behind]), { mode: 0o600, flush: true })
  await rename(fresh, file)
  await syncFolder(dirname(file))
}

function tornFile(file: string): string {
  return file.replace(/\.segment$/, '.torn')
}

async function keepTorn(file: string, torn: Buffer): Promise<void> {
  await writeFile(tornFile(file), torn, { mode: 0o600, flush: true })
}

/** It never was acknowledged: what keeps it is a courtesy, and no reason to keep the outbox shut. */
async function withoutRoom(error: unknown, file: string): Promise<void> {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  await rm(file, { force: true })
}
