import type { ViewDefinition } from '../read-model/read-model.ts'
import { chunkLayout } from '../term-index/chunk-layout.ts'
import { type TermIndex, type TermIndexTables, termIndexTables } from '../term-index/term-index.ts'
import { type WorkspaceTables, workspaceTable } from './number-events.ts'

export interface TrailTables extends WorkspaceTables, TermIndexTables {
  /** Each event as it was recorded, by its number (`chunk-layout.ts`). */
  readonly event: {
    number: number
    /** Ledger time: never less than that of the event before, in milliseconds since 1970. */
    at: number
    position: string
    salt: Uint8Array
    bytes: Uint8Array
  }
  /** The events of each workspace's last, not yet full chunk. `terms`: each between spaces. */
  readonly waiting: { number: number; occurred: number; terms: string }
  /** When the events of a full chunk occurred: the earliest, the latest, and each as a 64-bit float; milliseconds since 1970. */
  readonly occurrence: { chunk: number; earliest: number; latest: number; each: Uint8Array }
}

export const trailView: ViewDefinition = {
  name: 'trail',
  sealed: true,
  tables: [
    workspaceTable,
    {
      kind: 'rows',
      name: 'event',
      columns: {
        number: 'integer',
        at: 'integer',
        position: 'text',
        salt: 'bytes',
        bytes: 'bytes',
      },
      key: ['number'],
    },
    { kind: 'rows', name: 'waiting', columns: { number: 'integer', occurred: 'integer', terms: 'text' }, key: ['number'] },
    {
      kind: 'rows',
      name: 'occurrence',
      columns: { chunk: 'integer', earliest: 'integer', latest: 'integer', each: 'bytes' },
      key: ['chunk'],
    },
    ...termIndexTables,
  ],
}

export const trailIndex: TermIndex = { layout: chunkLayout, chunksPerTag: 2 ** 32 / chunkLayout.size, prefixes: false }
