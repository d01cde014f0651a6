import type { FieldNode, ObjectNode } from './field-tree.ts'
import type { ReferenceMark } from './mark.ts'

type Values = Readonly<Record<string, unknown>>
type Collect = (value: unknown, parent: Values, into: string[]) => void

/** Compiles, once at load, the collector of an event type's references; `undefined` for a type that has none. */
export function compileReferences(root: ObjectNode): ((data: Values) => string[]) | undefined {
  const collect = collector(root)
  if (collect === undefined) return undefined
  return (data) => {
    const found: string[] = []
    collect(data, data, found)
    return sortedUnique(found)
  }
}

function collector(node: FieldNode): Collect | undefined {
  switch (node.kind) {
    case 'leaf':
      return node.mark.reference && leafCollector(node.mark.reference)
    case 'object':
      return memberCollector(node.members)
    case 'list':
      return listCollector(node.item)
    case 'variants':
      return memberCollector(node.options.flatMap((option) => option.members))
  }
}

function leafCollector(reference: ReferenceMark): Collect {
  if (reference.how === 'prefixed') {
    const { prefix } = reference
    return (value, _parent, into) => {
      into.push(`${prefix}${value}`)
    }
  }
  const { type, idField } = reference
  return (value, parent, into) => {
    into.push(`${type}:${parent[idField]}@${value}`)
  }
}

function listCollector(item: FieldNode): Collect | undefined {
  const each = collector(item)
  if (each === undefined) return undefined
  return (value, parent, into) => {
    for (const element of value as readonly unknown[]) each(element, parent, into)
  }
}

function memberCollector(members: ObjectNode['members']): Collect | undefined {
  const steps: { key: string; collect: Collect }[] = []
  for (const [key, member] of members) {
    const collect = collector(member)
    if (collect !== undefined && steps.every((step) => step.key !== key)) steps.push({ key, collect })
  }
  if (steps.length === 0) return undefined
  return (value, _parent, into) => {
    const object = value as Values
    for (const { key, collect } of steps) {
      const member = object[key]
      if (member !== undefined) collect(member, object, into)
    }
  }
}

/** References are ASCII, so code-unit order is byte order. */
export function sortedUnique(references: string[]): string[] {
  if (references.length < 2) return references
  references.sort()
  return references.filter((reference, i) => i === 0 || reference !== references[i - 1])
}
