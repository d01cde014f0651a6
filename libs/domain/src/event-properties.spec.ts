import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyId, dataArbitrary } from '../testing/event-arbitrary.ts'
import { eventTypes } from './event-types.ts'
import { parseEvent } from './parse-event.ts'
import { storedName } from './schema/compile-leaves.ts'
import { type FieldNode, type ObjectNode, objectTree } from './schema/field-tree.ts'
import { jsonPointer } from './schema/json-pointer.ts'
import { valueAt } from './schema/refusal.ts'

const AT = '2026-03-04T07:15:00.000Z'
const RUNS = 12

/** Every field that is there in this data, with its path. */
function fieldsOf(node: FieldNode, value: unknown, path: (string | number)[] = []): { path: (string | number)[]; node: FieldNode }[] {
  const here = path.length === 0 ? [] : [{ path, node }]
  if (node.kind === 'list') return [...here, ...(value as unknown[]).flatMap((item, i) => fieldsOf(node.item, item, [...path, i]))]
  const members = membersOf(node, value)
  return [...here, ...members.flatMap(([key, member]) => fieldsOf(member, (value as Record<string, unknown>)[key], [...path, key]))]
}

function membersOf(node: FieldNode, value: unknown): readonly (readonly [string, FieldNode])[] {
  if (node.kind === 'leaf' || node.kind === 'list') return []
  const keys = Object.keys(value as object)
  const options: readonly ObjectNode[] = node.kind === 'variants' ? node.options : []
  const fitting = options.find((option) => keys.every((key) => option.members.some(([known]) => known === key)))
  return (node.kind === 'object' ? node : fitting)!.members.filter(([key]) => keys.includes(key))
}

/** A copy in which the value at the path is changed by `change`, which gets its parent and key. */
function bent(
  data: unknown,
  path: readonly (string | number)[],
  change: (parent: Record<string | number, unknown>, key: string | number) => void,
): unknown {
  const copy = structuredClone(data)
  change(valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown>, path.at(-1)!)
  return copy
}

const takesAnything = (node: FieldNode) => node.kind === 'leaf' && (node.mark.leaf === 'json' || node.mark.leaf === 'event')
const isObjectLike = (node: FieldNode) =>
  node.kind === 'object' || node.kind === 'variants' || (node.kind === 'leaf' && node.mark.leaf === 'texts')
const wrongValue = (node: FieldNode) => (isObjectLike(node) ? 'not an object' : { not: 'this' })
const set = (value: unknown) => (parent: Record<string | number, unknown>, key: string | number) => {
  parent[key] = value
}

describe.each(eventTypes.map((type) => [type.name, type] as const))('%s', (name, type) => {
  const tree = objectTree(type.schema)
  const data = dataArbitrary(type, anyId)
  /** The data of a correction is checked by the corrected type, which has its own properties. */
  const bendable = type.stream === 'any' ? { ...tree, members: tree.members.filter(([key]) => key !== 'data' && key !== 'type') } : tree

  test('what is accepted comes back equal', () => {
    fc.assert(
      fc.property(data, (sent) => {
        const outcome = parseEvent(name, sent, AT)
        if (outcome.status === 'refused') throw new Error(outcome.message)
        if (type.stream === 'any') return
        const expected = Object.fromEntries(
          Object.entries(sent).map(([key, value]) => [storedName(key, tree.members.find(([k]) => k === key)![1]), value]),
        )
        expect(outcome.event.data).toEqual(expected)
        for (const { pointer } of outcome.event.sealed) {
          expect(valueAt(outcome.event.data, pointer.slice(1).split('/'))).toBeDefined()
        }
      }),
      { numRuns: RUNS },
    )
  })

  test('what is bent is refused, and the field is named', () => {
    fc.assert(
      fc.property(data, fc.nat(), (sent, pick) => {
        const fields = fieldsOf(bendable, sent).filter(({ node }) => !takesAnything(node))
        const { path, node } = fields[pick % fields.length]!
        const wrong = parseEvent(name, bent(sent, path, set(wrongValue(node))), AT)
        expect(wrong).toMatchObject({ status: 'refused', code: 'InvalidEvent' })
        expect(wrong.status === 'refused' && wrong.path.startsWith(jsonPointer(path))).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })

  test('a missing field is named', () => {
    for (const [key, member] of tree.members.filter(([, field]) => !field.optional)) {
      const sent = bent(type.example, [key], (parent) => delete parent[key])
      expect({ key, member: member.kind, outcome: parseEvent(name, sent, AT) }).toMatchObject({
        key,
        outcome: { status: 'refused', path: `/${key}` },
      })
      const nulled = bent(type.example, [key], set(null))
      expect(parseEvent(name, nulled, AT)).toMatchObject({ status: 'refused', path: `/${key}` })
    }
  })

  test('an unknown field is named, wherever it stands', () => {
    const places = [
      [] as (string | number)[],
      ...fieldsOf(bendable, type.example)
        .filter(({ node }) => node.kind === 'object' || node.kind === 'variants')
        .map(({ path }) => path),
    ]
    for (const path of places) {
      const sent = bent(type.example, [...path, 'surplus'], set(1))
      expect(parseEvent(name, sent, AT)).toMatchObject({ status: 'refused', code: 'InvalidEvent', path: `${jsonPointer(path)}/surplus` })
    }
  })

  test('an optional field that is null counts as absent', () => {
    const optionals = tree.members.filter(([, field]) => field.optional).map(([key]) => [key, null])
    const without = Object.fromEntries(
      Object.entries(type.example as object).filter(([key]) => optionals.every(([optional]) => optional !== key)),
    )
    const bare = parseEvent(name, without, AT)
    const nulled = parseEvent(name, { ...without, ...Object.fromEntries(optionals) }, AT)
    expect(nulled).toEqual(bare)
  })
})
