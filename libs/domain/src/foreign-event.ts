import { correctedFact } from './correction/corrected-fact.ts'
import type { ParsedEvent } from './event-type.ts'
import { perType } from './per-type.ts'
import { compileLeaves } from './schema/compile-leaves.ts'
import { objectTree } from './schema/field-tree.ts'

const referencesOf = perType(({ schema }) =>
  compileLeaves(objectTree(schema), ({ leaf }) => (leaf === 'event-reference' ? leaf : undefined)),
)

/** A JSON Pointer to where an event's data names an event of another workspace than its own, or null: nobody may know what is there. */
export function foreignEvent(event: Pick<ParsedEvent, 'type' | 'data'>, workspace: string): string | null {
  let found: string | null = null
  referencesOf(event.type)?.(event.data, (_leaf, value, pointer) => {
    if (!String(value).startsWith(`${workspace}.`)) found ??= pointer
  })
  const corrected = found === null ? correctedFact(event) : null
  const within = corrected === null ? null : foreignEvent(corrected, workspace)
  return within === null ? found : `/data${within}`
}
