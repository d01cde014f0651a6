import { readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type Place, syncFolder } from './segments.ts'

/** Up to where everything is settled. Null when there is no cursor that can be read: then all that is kept is sent again, with its ids. */
export function readCursor(folder: string): Place | null {
  let text: string
  try {
    text = readFileSync(join(folder, 'cursor'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  const [, segment, offset] = /^(\d{1,15}) (\d{1,15})\n$/.exec(text) ?? []
  return segment === undefined || offset === undefined ? null : { segment: Number(segment), offset: Number(offset) }
}

/** Old or new, never half; durable on return. */
export async function writeCursor(folder: string, { segment, offset }: Place): Promise<void> {
  const fresh = join(folder, 'cursor.new')
  const handle = await open(fresh, 'w', 0o600)
  try {
    await handle.writeFile(`${segment} ${offset}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(fresh, join(folder, 'cursor'))
  await syncFolder(folder)
}
