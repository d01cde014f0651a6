import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { JAVASCRIPT_PACK_READING, PackContents } from '@annal/proof'

const reading = { ...JAVASCRIPT_PACK_READING, runningSha256: () => createHash('sha256') }

/** Reads what is in the pack at `path`, piece by piece. @throws where that is no pack. */
export async function readPackFile<Found>(path: string, read: (pack: PackContents) => Promise<Found>): Promise<Found> {
  await using file = await open(path, 'r')
  const { size } = await file.stat()
  const piece = async (at: number, length: number) => {
    const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, at)
    if (bytesRead < length) throw new Error(`expected ${length} bytes at ${at} of ${path}, found ${bytesRead}`)
    return buffer
  }
  return await read(await PackContents.open({ size, read: piece }, reading))
}
