import type { EventType } from '../src/event-type.ts'
import { type FieldNode, type LeafNode, type ObjectNode, objectTree } from '../src/schema/field-tree.ts'
import type { LeafMark } from '../src/schema/mark.ts'

type Schema = Record<string, unknown>

/** The JSON Schema (2020-12) of the data that a sender gives for one event type. */
export function jsonSchema(type: EventType): Schema {
  const { title: _, ...object } = objectSchema(objectTree(type.schema))
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: `${type.name} v${type.version}`, ...object }
}

function fieldSchema(node: FieldNode): Schema {
  switch (node.kind) {
    case 'leaf':
      return { description: node.description, ...leafSchema(node.mark), ...sealNote(node) }
    case 'list':
      return { description: node.description, type: 'array', minItems: node.min, maxItems: node.max, items: fieldSchema(node.item) }
    case 'object':
      return objectSchema(node)
    case 'variants':
      return { description: node.description, anyOf: node.options.map(objectSchema) }
  }
}

function objectSchema(node: ObjectNode): Schema {
  const required = node.members.filter(([, member]) => !member.optional).map(([key]) => key)
  return {
    description: node.description,
    type: 'object',
    properties: Object.fromEntries(node.members.map(([key, member]) => [key, fieldSchema(member)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  }
}

function leafSchema(mark: LeafMark): Schema {
  if (mark.pattern !== undefined) return { type: 'string', pattern: mark.pattern }
  if (mark.words !== undefined) return { type: 'string', enum: mark.words }
  switch (mark.leaf) {
    case 'text':
    case 'event-type':
      return { type: 'string', minLength: 1, maxLength: mark.max }
    case 'instant':
      return { type: 'string', format: 'date-time' }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'number':
      return { type: 'number', ...bounds(mark) }
    case 'whole':
      return { type: 'integer', ...bounds(mark) }
    case 'flag':
      return { type: 'boolean' }
    case 'stream-version':
      return { type: ['integer', 'string'], minimum: 0, pattern: '^(?:0|[1-9]\\d{0,14})$' }
    case 'numbers':
      return { type: 'object', additionalProperties: { type: 'number' }, minProperties: mark.min, maxProperties: mark.max }
    case 'texts':
      return { type: 'object', additionalProperties: { type: 'string', maxLength: 500 }, minProperties: mark.min, maxProperties: mark.max }
    case 'event':
      return { type: 'object' }
    case 'json':
      return {}
    default:
      throw new Error(`expected a JSON Schema for ${mark.leaf}, found none`)
  }
}

function bounds({ min, max }: LeafMark): Schema {
  return { ...(min !== undefined && { minimum: min }), ...(max !== undefined && { maximum: max }) }
}

/** What happens to the field at rest, for programs that read the schema. */
function sealNote({ mark }: LeafNode): Schema {
  if (mark.seal === undefined) return {}
  return { 'x-annal-at-rest': mark.seal === 'digest' ? 'hmac' : `encrypted (${mark.seal})` }
}
