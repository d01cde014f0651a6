import type { FieldNode, ObjectNode } from './field-tree.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * The value with every optional field that is `null` left out: in GraphQL `null` and absent mean the same. JSON fields are left as
 * they are. Returns the very same value when there was nothing to leave out.
 */
export function withoutNulls(node: FieldNode, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  switch (node.kind) {
    case 'leaf':
      return value
    case 'list':
      return Array.isArray(value) ? changedList(node.item, value) : value
    case 'object':
      return changedObject(new Map(node.members), value as Values)
    case 'variants':
      return changedObject(allOptional(node.options), value as Values)
  }
}

function allOptional(options: readonly ObjectNode[]): Map<string, FieldNode> {
  return new Map(options.flatMap((option) => option.members.map(([key, member]) => [key, { ...member, optional: true }] as const)))
}

function changedList(item: FieldNode, list: readonly unknown[]): readonly unknown[] {
  const changed = list.map((element) => withoutNulls(item, element))
  return changed.every((element, i) => element === list[i]) ? list : changed
}

function changedObject(members: ReadonlyMap<string, FieldNode>, value: Values): Values {
  const kept: [string, unknown][] = []
  let changed = false
  for (const [key, field] of Object.entries(value)) {
    const member = members.get(key)
    const next = member === undefined ? field : withoutNulls(member, field)
    const dropped = next === null && member?.optional === true
    if (!dropped) kept.push([key, next])
    changed ||= dropped || next !== field
  }
  return changed ? Object.fromEntries(kept) : value
}
