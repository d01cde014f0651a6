// biome-ignore-all lint/style/noRestrictedImports: this script writes files; the domain itself stays pure
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { eventTypes } from '../src/event-types.ts'
import { goldenFile, goldenOf } from './golden.ts'
import { jsonSchema } from './json-schemas.ts'
import { referenceDocs } from './reference-docs.ts'
import { eventsSdl } from './sdl.ts'

export const repository = join(import.meta.dirname, '../../..')
export const goldenFolder = join(import.meta.dirname, '../golden')
export const schemaFolder = 'docs/reference/schemas'
const SUMS = 'SHA256SUMS'

/** Every generated file by its path from the repository's root; the golden payloads are not among them, they are only added. */
export function generatedFiles(): Map<string, string> {
  const schemas = eventTypes.map(
    (type) => [`${schemaFolder}/${goldenFile({ type: type.name, version: type.version })}`, pretty(jsonSchema(type))] as const,
  )
  return new Map([
    ['apps/api/src/schema/events.gen.graphql', eventsSdl(eventTypes)],
    ['docs/reference/events.md', referenceDocs(eventTypes)],
    ...schemas,
  ])
}

/** The sums of the golden payloads in the form of `sha256sum`. */
export function goldenSums(): string {
  const files = readdirSync(goldenFolder)
    .filter((file) => file.endsWith('.json'))
    .sort()
  return files
    .map(
      (file) =>
        `${createHash('sha256')
          .update(readFileSync(join(goldenFolder, file)))
          .digest('hex')}  ${file}\n`,
    )
    .join('')
}

export function keptGoldenSums(): string {
  return readFileSync(join(goldenFolder, SUMS), 'utf8')
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function writeGenerated(): void {
  rmSync(join(repository, schemaFolder), { recursive: true, force: true })
  for (const [path, content] of generatedFiles()) {
    mkdirSync(dirname(join(repository, path)), { recursive: true })
    writeFileSync(join(repository, path), content)
  }
}

function addGoldenPayloads(): void {
  mkdirSync(goldenFolder, { recursive: true })
  for (const type of eventTypes) {
    const file = join(goldenFolder, goldenFile({ type: type.name, version: type.version }))
    if (!existsSync(file)) writeFileSync(file, pretty(goldenOf(type)))
  }
  writeFileSync(join(goldenFolder, SUMS), goldenSums())
}

if (process.argv[1] === import.meta.filename) {
  writeGenerated()
  addGoldenPayloads()
}
