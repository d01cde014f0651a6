import type { ViewDefinition } from '../read-model/read-model.ts'
import { chunkLayout } from '../term-index/chunk-layout.ts'
import { type TermIndex, type TermIndexTables, termIndexTables } from '../term-index/term-index.ts'
import { type WorkspaceTables, workspaceTable } from './number-events.ts'

export interface TextTables extends WorkspaceTables, TermIndexTables {
  /** The words of the events of each workspace's last, not yet full chunk, each between spaces. */
  readonly waiting: { number: number; words: string }
}

export const textView: ViewDefinition = {
  name: 'text',
  tables: [
    workspaceTable,
    { kind: 'rows', name: 'waiting', columns: { number: 'integer', words: 'text' }, key: ['number'] },
    ...termIndexTables,
  ],
}

/** The words of 65,536 events are searched together for a prefix. */
export const textIndex: TermIndex = { layout: chunkLayout, chunksPerTag: 16, prefixes: true }
