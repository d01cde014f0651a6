import { z } from 'zod'
import { boundsOf, type LeafMark, markOf, objectName } from './mark.ts'

/** An event type's fields as a tree: what references, sealing, SDL, JSON Schema, docs and arbitraries are all derived from. */
export type FieldNode = LeafNode | ObjectNode | ListNode | VariantsNode

interface Described {
  readonly description: string
  readonly optional: boolean
}
export interface LeafNode extends Described {
  readonly kind: 'leaf'
  readonly mark: LeafMark
}
export interface ObjectNode extends Described {
  readonly kind: 'object'
  readonly name: string | undefined
  readonly members: readonly (readonly [string, FieldNode])[]
}
interface ListNode extends Described {
  readonly kind: 'list'
  readonly item: FieldNode
  readonly min: number
  readonly max: number
}
interface VariantsNode extends Described {
  readonly kind: 'variants'
  readonly options: readonly ObjectNode[]
}

/** @throws Error naming the schema when a field was not made by this language: a mistake in an event type. */
function fieldTree(schema: z.core.$ZodType, optional = false): FieldNode {
  const description = z.globalRegistry.get(schema)?.description ?? ''
  if (schema instanceof z.ZodExactOptional) return fieldTree(schema.unwrap(), true)
  const mark = markOf(schema)
  if (mark !== undefined) return { kind: 'leaf', mark, description, optional }
  if (schema instanceof z.ZodObject) return { ...objectTree(schema), optional }
  if (schema instanceof z.ZodArray) return listTree(schema, optional)
  if (schema instanceof z.ZodUnion) return { kind: 'variants', options: schema.options.map(objectTree), description, optional }
  throw new Error(`expected a field of the schema language, found a bare ${schema._zod.def.type} described as "${description}"`)
}

export function objectTree(schema: z.core.$ZodType): ObjectNode {
  if (!(schema instanceof z.ZodObject)) throw new Error(`expected an object, found ${schema._zod.def.type}`)
  const members = Object.entries(schema.shape).map(([key, field]) => [key, fieldTree(field)] as const)
  return {
    kind: 'object',
    name: objectName(schema),
    members,
    description: z.globalRegistry.get(schema)?.description ?? '',
    optional: false,
  }
}

function listTree(schema: z.ZodArray, optional: boolean): ListNode {
  const bounds = boundsOf(schema)
  if (bounds === undefined) throw new Error('expected a bounded list, found a bare array')
  return { kind: 'list', item: fieldTree(schema.element), ...bounds, description: schema.description ?? '', optional }
}
