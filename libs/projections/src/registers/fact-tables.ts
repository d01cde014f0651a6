import type { TableDefinition } from '../read-model/read-model.ts'

export interface FactTables {
  /**
   * The events of the types that `kept-types.ts` names, as they were last corrected. Registers are computed from them, so that neither
   * the order of arrival nor a correction leaves a trace in what they show.
   */
  readonly fact: {
    workspace: string
    /** What its stream is about: `aisystem:credit-scoring`. */
    thing: string
    type: string
    key: string
    /** When it occurred and when it was recorded, in milliseconds since 1970. */
    occurred: number
    /** Its stream version. */
    version: number
    at: number
    event: string
    /** `person:per_…` or `service:…`. */
    actor: string
    /** The kept fields as JSON, as last corrected. */
    content: string
    /** The stream version of the correction that `content` comes from, or null. */
    corrected: number | null
    /** The stored event, or its correction, if people's words in it are shown. */
    position: string | null
    salt: Uint8Array | null
    bytes: Uint8Array | null
  }
}

export const factTable: TableDefinition = {
  kind: 'rows',
  name: 'fact',
  columns: {
    workspace: 'text',
    thing: 'text',
    type: 'text',
    key: 'text',
    occurred: 'integer',
    version: 'integer',
    at: 'integer',
    event: 'text',
    actor: 'text',
    content: 'text',
    corrected: 'integer',
    position: 'text',
    salt: 'bytes',
    bytes: 'bytes',
  },
  key: ['workspace', 'thing', 'type', 'key', 'occurred', 'version'],
}
