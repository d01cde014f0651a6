import { eventType } from './event-types.ts'
import { compileSealing } from './schema/compile-sealing.ts'
import { objectTree } from './schema/field-tree.ts'

/** Whether the schema of a type marks any field as free text, personal, or a digest about people. */
export function hasSealedFields(name: string): boolean {
  const type = eventType(name)
  return type !== undefined && compileSealing(objectTree(type.schema)) !== undefined
}
