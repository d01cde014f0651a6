import type { z } from 'zod'
import { jsonPointer } from './json-pointer.ts'

interface FieldRefusal {
  /** JSON Pointer into the event's data. */
  readonly path: string
  readonly message: string
}

type Issue = z.core.$ZodIssue

/** The first thing wrong with the data, by the field that is wrong. */
export function fieldRefusal(issues: readonly Issue[], data: unknown): FieldRefusal {
  const [first] = issues
  if (first === undefined) throw new Error('expected at least one issue from a failed parse, found none')
  const path = [...first.path]
  if (first.code === 'unrecognized_keys') return { path: jsonPointer([...path, first.keys[0] ?? '']), message: unknownField(first.keys) }
  if (first.code === 'invalid_union') return unionRefusal(first, data)
  return { path: jsonPointer(path), message: absent(data, path) ? 'this field is required' : first.message }
}

function unknownField(keys: readonly string[]): string {
  return keys.length === 1 ? 'this field is unknown' : `these fields are unknown: ${keys.join(', ')}`
}

/** Of several variants, the complaint of the one that the sender most likely meant: it knows most of the fields and complains least. */
function unionRefusal(issue: Extract<Issue, { code: 'invalid_union' }>, data: unknown): FieldRefusal {
  const branches = [...issue.errors].sort((a, b) => distance(a) - distance(b))
  const [nearest] = branches
  if (nearest === undefined || nearest.length === 0) return { path: jsonPointer(issue.path), message: issue.message }
  const inner = fieldRefusal(nearest, valueAt(data, issue.path))
  return { path: jsonPointer(issue.path) + inner.path, message: inner.message }
}

function distance(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 10 * issue.keys.length : 1), 0)
}

function absent(data: unknown, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1)
  if (typeof last !== 'string') return false
  const parent = valueAt(data, path.slice(0, -1))
  return typeof parent === 'object' && parent !== null && !Array.isArray(parent) && !Object.hasOwn(parent, last)
}

export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.hasOwn(value, step) ? value[step as keyof typeof value] : undefined
  }
  return value
}
