import { correctedFact } from './correction/corrected-fact.ts'
import type { ParsedEvent } from './event-type.ts'
import { perType } from './per-type.ts'
import { type FieldNode, type ObjectNode, objectTree } from './schema/field-tree.ts'

type Find = (value: unknown, own: string) => string | null

const finderOf = perType(({ schema }) => finder(objectTree(schema)))

/** A JSON Pointer to where an event's data names an event of another workspace than its own, or null: nobody may know what is there. */
export function foreignEvent(event: Pick<ParsedEvent, 'type' | 'data'>, workspace: string): string | null {
  const found = finderOf(event.type)?.(event.data, `${workspace}.`) ?? null
  const corrected = found === null ? correctedFact(event) : null
  const within = corrected === null ? null : foreignEvent(corrected, workspace)
  return within === null ? found : `/data${within}`
}

function finder(node: FieldNode): Find | undefined {
  switch (node.kind) {
    case 'leaf':
      return node.mark.leaf === 'event-reference' ? (value, own) => (String(value).startsWith(own) ? null : '') : undefined
    case 'object':
      return inMembers(node.members)
    case 'list':
      return inItems(node.item)
    case 'variants':
      return inMembers(node.options.flatMap(({ members }) => members))
  }
}

function inMembers(members: ObjectNode['members']): Find | undefined {
  const steps = members.flatMap(([key, member]) => {
    const find = finder(member)
    return find === undefined ? [] : [{ key, find }]
  })
  if (steps.length === 0) return undefined
  return (value, own) => {
    for (const { key, find } of steps) {
      const member = (value as Readonly<Record<string, unknown>>)[key]
      const found = member === undefined ? null : find(member, own)
      if (found !== null) return `/${key}${found}`
    }
    return null
  }
}

function inItems(item: FieldNode): Find | undefined {
  const find = finder(item)
  if (find === undefined) return undefined
  return (value, own) => {
    for (const [i, element] of (value as readonly unknown[]).entries()) {
      const found = find(element, own)
      if (found !== null) return `/${i}${found}`
    }
    return null
  }
}
