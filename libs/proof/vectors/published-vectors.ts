// biome-ignore lint/style/noRestrictedImports: only specs read files; nothing that is shipped imports this module.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/**
 * Published test vectors stand beside the repository, in `../shared/vectors`, because they are others' work. Where the folder is
 * missing, the suites that need it are skipped, and say so.
 */
const FOLDER = new URL('../../../../shared/vectors/', import.meta.url)

export const vectorsAreThere = existsSync(FOLDER)

if (!vectorsAreThere) console.warn('Published vectors not found in ../shared/vectors: the suites that compare with them are skipped.')

export function vectorBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, FOLDER)))
}

export function vectorText(path: string): string {
  return readFileSync(new URL(path, FOLDER), 'utf8')
}

export function vectorFiles(path: string): string[] {
  return readdirSync(new URL(path, FOLDER), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => `${file.parentPath}/${file.name}`.slice(FOLDER.pathname.length))
    .sort()
}
