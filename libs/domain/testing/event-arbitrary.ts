import fc from 'fast-check'
import type { EventType } from '../src/event-type.ts'
import { eventTypes } from '../src/event-types.ts'
import { parseEvent } from '../src/parse-event.ts'
import { type FieldNode, type LeafNode, type ObjectNode, objectTree } from '../src/schema/field-tree.ts'
import type { LeafMark } from '../src/schema/mark.ts'
import { textComplaint } from '../src/schema/written-text.ts'

/** How ids are drawn: from the whole grammar, or from a few so that events meet each other. */
interface IdChoice {
  readonly slug: fc.Arbitrary<string>
  readonly person: fc.Arbitrary<string>
}

const lower = 'abcdefghijklmnopqrstuvwxyz0123456789'
const letters = (from: string, min: number, max: number) => fc.string({ unit: fc.constantFrom(...from), minLength: min, maxLength: max })

export const anyId: IdChoice = {
  slug: fc.tuple(letters(lower, 1, 1), letters(`${lower}._~-`, 0, 20)).map(([first, rest]) => first + rest),
  person: letters(lower, 1, 12).map((id) => `per_${id}`),
}

export const fewIds: IdChoice = { slug: fc.constantFrom('a', 'b'), person: fc.constantFrom('per_a', 'per_b', 'per_c') }

/** Data that the type accepts, as a sender gives it. */
export function dataArbitrary(type: EventType, ids: IdChoice = anyId): fc.Arbitrary<Record<string, unknown>> {
  if (type.stream === 'any') return correctionArbitrary(ids)
  return objectArbitrary(objectTree(type.schema), ids).filter((data) => type.schema.safeParse(data).success)
}

/** Corrections of a few types: of one whose stream depends on the day, of one with digests, of one with free text in a list. */
function correctionArbitrary(ids: IdChoice): fc.Arbitrary<Record<string, unknown>> {
  const corrected = eventTypes.filter((type) =>
    ['DecisionMade', 'AgentActionTaken', 'OversightPlanned', 'ModelVersionRegistered'].includes(type.name),
  )
  return fc.oneof(...corrected.map((type) => correctionOf(type, ids)))
}

function correctionOf(type: EventType, ids: IdChoice): fc.Arbitrary<Record<string, unknown>> {
  const parts = fc.record({
    data: dataArbitrary(type, ids),
    day: fc.constantFrom('2026-03-04', '2027-12-31'),
    id: fc.uuid(),
    reason: wellFormed(1, 40),
  })
  return parts.map(({ data, day, id, reason }) => {
    const outcome = parseEvent(type.name, data, `${day}T07:15:00.000Z`)
    if (outcome.status === 'refused') throw new Error(`expected ${type.name} to be accepted, found: ${outcome.message}`)
    return { event: `ws_1.${outcome.event.stream}/${id}`, type: type.name, data, reason }
  })
}

function fieldArbitrary(node: FieldNode, ids: IdChoice): fc.Arbitrary<unknown> {
  switch (node.kind) {
    case 'leaf':
      return leafArbitrary(node, ids)
    case 'list':
      return fc.array(fieldArbitrary(node.item, ids), { minLength: node.min, maxLength: Math.min(node.max, node.min + 3) })
    case 'object':
      return objectArbitrary(node, ids)
    case 'variants':
      return fc.oneof(...node.options.map((option) => objectArbitrary(option, ids)))
  }
}

function objectArbitrary(node: ObjectNode, ids: IdChoice): fc.Arbitrary<Record<string, unknown>> {
  const model = Object.fromEntries(node.members.map(([key, member]) => [key, fieldArbitrary(member, ids)]))
  const requiredKeys = node.members.filter(([, member]) => !member.optional).map(([key]) => key)
  return fc.record(model, { requiredKeys, noNullPrototype: true })
}

const wellFormed = (min: number, max: number) =>
  fc.string({ unit: 'binary', minLength: min, maxLength: max }).filter((text) => text.length <= max && textComplaint(text, 'name') === null)

const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((at) => at.toISOString())
const finite = ({ min, max }: LeafMark) =>
  fc.double({ noNaN: true, noDefaultInfinity: true, ...(min !== undefined && { min }), ...(max !== undefined && { max }) })
const names = wellFormed(1, 20).filter((name) => name !== '__proto__')

function leafArbitrary({ mark }: LeafNode, ids: IdChoice): fc.Arbitrary<unknown> {
  if (mark.words !== undefined) return fc.constantFrom(...mark.words)
  switch (mark.leaf) {
    case 'text':
    case 'event-type':
      return wellFormed(1, Math.min(mark.max ?? 40, 40))
    case 'slug':
    case 'version':
    case 'party':
      return ids.slug
    case 'versioned':
      return fc.tuple(ids.slug, ids.slug).map(([id, version]) => `${id}@${version}`)
    case 'person':
      return ids.person
    case 'reference':
      return fc.tuple(fc.constantFrom(...referenceTypesOf(mark)), ids.slug).map(([type, id]) => `${type}:${id}`)
    case 'event-reference':
      return fc.tuple(ids.slug, fc.uuid()).map(([id, uuid]) => `ws_1.model-${id}/${uuid}`)
    case 'instant':
      return instants
    case 'date':
      return instants.map((at) => at.slice(0, 10))
    case 'duration':
      return fc.constantFrom('P7D', 'PT15M', 'P1Y6M', 'P2W', 'P1DT12H', 'PT0S')
    case 'uri':
      return fc.webUrl({ withFragments: true }).filter((url) => /^[\x21-\x7e]+$/.test(url))
    case 'number':
      return finite(mark)
    case 'whole':
      return fc.integer({ min: mark.min ?? 0, max: mark.max ?? 2 ** 31 - 1 })
    case 'flag':
      return fc.boolean()
    case 'stream-version':
      return fc.integer({ min: 0, max: 1_000_000 })
    case 'numbers':
      return fc.dictionary(names, finite({ leaf: 'number' }), { minKeys: 1, maxKeys: 4, noNullPrototype: true })
    case 'texts':
      return fc.dictionary(names, wellFormed(0, 20), { minKeys: 1, maxKeys: 4, noNullPrototype: true })
    case 'json':
      return fc.jsonValue({ maxDepth: 3 }).filter((value) => value !== null)
    default:
      return fc.stringMatching(new RegExp(mark.pattern ?? '^a$'))
  }
}

function referenceTypesOf({ pattern }: LeafMark): string[] {
  return /\(\?:([a-z|]+)\):/.exec(pattern ?? '')?.[1]?.split('|') ?? []
}
