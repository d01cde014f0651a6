import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { formatDocument, stringifyDocument } from '@urql/core'
import { type Plugin, runnerImport } from 'vite'

type Operation = Parameters<typeof formatDocument>[0]

/**
 * Writes `persisted-documents.json`: every operation of the modules named `*documents.ts`, byte for byte as the clients send it, by its
 * SHA-256: as it is written, and with the `__typename`s that the normalised cache asks for. The API lets a session send these and no others.
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
          const forms: readonly unknown[] = [document, formatDocument(document)]
          for (const text of new Set(forms.filter(isOperation).map(stringifyDocument)))
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
