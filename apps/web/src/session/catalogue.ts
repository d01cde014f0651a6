import type { EventTypeDescription } from './session-documents.ts'

export type EventTypeName = EventTypeDescription['name']

/** Whether a name is one of the catalogue's. */
export type KnowsType = (name: string) => name is EventTypeName

/** The event types that the record knows, by name. */
export interface Catalogue {
  readonly types: readonly EventTypeDescription[]
  readonly describe: (name: string) => EventTypeDescription | null
  readonly knows: KnowsType
}

export function catalogueOf(types: readonly EventTypeDescription[]): Catalogue {
  const byName = new Map<string, EventTypeDescription>(types.map((type) => [type.name, type]))
  return {
    types: types.toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    describe: (name) => byName.get(name) ?? null,
    knows: (name): name is EventTypeName => byName.has(name),
  }
}
