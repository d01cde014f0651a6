import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'

/** A way to make folders that are gone after each test. For tests. */
export function temporaryFolders(): () => string {
  let folders: string[] = []
  afterEach(() => {
    for (const folder of folders) rmSync(folder, { recursive: true })
    folders = []
  })
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'annal-'))
    folders.push(folder)
    return folder
  }
}
