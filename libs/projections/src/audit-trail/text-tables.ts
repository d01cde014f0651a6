import type { ViewDefinition } from '../read-model/read-model.ts'
import { chunkLayout } from '../term-index/chunk-layout.ts'
import { type TermIndex, type TermIndexTables, termIndexTables } from '../term-index/term-index.ts'
import { type WorkspaceTables, workspaceTable } from './number-events.ts'

export interface TextTables extends WorkspaceTables, TermIndexTables {
  /**
   * The words of an event, each between spaces: of those in each workspace's last, not yet full chunk, and for good of those in which
   * something is encrypted, because only who knows the words can take them out of the index again.
   */
  readonly readable: { number: number; position: string; purgeable: 0 | 1; words: string }
}

export const textView: ViewDefinition = {
  name: 'text',
  tables: [
    workspaceTable,
    {
      kind: 'rows',
      name: 'readable',
      columns: { number: 'integer', position: 'text', purgeable: 'integer', words: 'text' },
      key: ['number'],
    },
    ...termIndexTables,
  ],
}

/** The words of 65,536 events are searched together for a prefix. */
export const textIndex: TermIndex = { layout: chunkLayout, chunksPerTag: 16, prefixes: true }
