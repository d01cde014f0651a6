// biome-ignore-all lint/style/noRestrictedImports: this script writes files; the domain itself stays pure
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { eventTypes } from '../src/event-types.ts'
import { eventsSdl } from './sdl.ts'

/** Every generated file by its path from the repository's root. */
export function generatedFiles(): Map<string, string> {
  return new Map([['apps/api/src/schema/events.gen.graphql', eventsSdl(eventTypes)]])
}

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, '../../..')
  for (const [path, content] of generatedFiles()) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}
