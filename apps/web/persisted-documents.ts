import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { stringifyDocument } from '@urql/core'
import { type Plugin, runnerImport } from 'vite'

type Operation = Exclude<Parameters<typeof stringifyDocument>[0], string>

/**
 * Writes `persisted-documents.json`: every operation of the modules named `*documents.ts`, byte for byte as the client sends it, by its
 * SHA-256. The API lets a session send these and no others.
 */
export function persistedDocuments(): Plugin {
  let root = process.cwd()
  return {
    name: 'annal:persisted-documents',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    async generateBundle() {
      const entries: [string, string][] = []
      for (const file of globSync('src/**/*documents.ts', { cwd: root }).toSorted()) {
        const { module } = await runnerImport<Record<string, unknown>>(resolve(root, file), { root, configFile: false })
        for (const document of Object.values(module).filter(isOperation)) {
          const text = stringifyDocument(document)
          entries.push([createHash('sha256').update(text).digest('hex'), text])
        }
      }
      if (entries.length === 0) throw new Error('expected documents in src/**/*documents.ts, found none')
      this.emitFile({ type: 'asset', fileName: 'persisted-documents.json', source: JSON.stringify(Object.fromEntries(entries), null, 1) })
    },
  }
}

function isOperation(value: unknown): value is Operation {
  if (typeof value !== 'object' || value === null || !('definitions' in value) || !Array.isArray(value.definitions)) return false
  return value.definitions.some((definition) => definition.kind === 'OperationDefinition')
}
