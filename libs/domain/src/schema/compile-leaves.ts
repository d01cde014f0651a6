import type { FieldNode, ObjectNode } from './field-tree.ts'
import { escapeStep } from './json-pointer.ts'
import type { LeafMark } from './mark.ts'

type Values = Readonly<Record<string, unknown>>
/** `pointer`: where the leaf stands in stored data. */
type Visit<Kind> = (kind: Kind, value: unknown, pointer: string) => void
type Walk<Kind> = (value: unknown, pointer: string, visit: Visit<Kind>) => void

/** Compiles, once at load, the way to those leaves of an event type's data that are of some kind; `undefined` for a type that has none. */
export function compileLeaves<Kind>(root: ObjectNode, kindOf: (mark: LeafMark) => Kind | undefined) {
  const walk = walkTo(root, kindOf)
  return walk && ((data: Values, visit: Visit<Kind>) => walk(data, '', visit))
}

function walkTo<Kind>(node: FieldNode, kindOf: (mark: LeafMark) => Kind | undefined): Walk<Kind> | undefined {
  switch (node.kind) {
    case 'leaf': {
      const kind = kindOf(node.mark)
      return kind === undefined ? undefined : (value, pointer, visit) => visit(kind, value, pointer)
    }
    case 'object':
      return throughMembers(node.members, kindOf)
    case 'list':
      return throughItems(node.item, kindOf)
    case 'variants':
      return throughMembers(
        node.options.flatMap((option) => option.members),
        kindOf,
      )
  }
}

function throughItems<Kind>(item: FieldNode, kindOf: (mark: LeafMark) => Kind | undefined): Walk<Kind> | undefined {
  const each = walkTo(item, kindOf)
  if (each === undefined) return undefined
  return (value, pointer, visit) => {
    for (const [i, element] of (value as readonly unknown[]).entries()) each(element, `${pointer}/${i}`, visit)
  }
}

function throughMembers<Kind>(members: ObjectNode['members'], kindOf: (mark: LeafMark) => Kind | undefined): Walk<Kind> | undefined {
  const steps: { key: string; step: string; walk: Walk<Kind> }[] = []
  for (const [key, member] of members) {
    const walk = walkTo(member, kindOf)
    if (walk !== undefined && steps.every((known) => known.key !== key))
      steps.push({ key, step: `/${escapeStep(storedName(key, member))}`, walk })
  }
  if (steps.length === 0) return undefined
  return (value, pointer, visit) => {
    const object = value as Values
    for (const { key, step, walk } of steps) {
      const member = object[key]
      if (member !== undefined) walk(member, pointer + step, visit)
    }
  }
}

/** The name under which a field is stored: its own, but `…Hmac` for a digest that arrives as `…Sha256`. */
export function storedName(key: string, member: FieldNode): string {
  return member.kind === 'leaf' && member.mark.seal === 'digest' ? key.replace(/Sha256$/, 'Hmac') : key
}
