import { z } from 'zod'
import { marked } from './mark.ts'
import { isPlainKey } from './plain-key.ts'

const MAX_DEPTH = 24

interface Complaint {
  readonly path: PropertyKey[]
  readonly message: string
}

/**
 * Any JSON value of bounded depth that would come back equal from the record: finite numbers, well-formed strings and keys,
 * nothing that looks like an encrypted field (`{"enc":1,…}`), which only Annal may make.
 */
export function json(description: string) {
  const schema = z.unknown().check((ctx) => {
    const complaint = ctx.value === null ? { path: [], message: 'expected a JSON value other than null' } : firstComplaint(ctx.value, [], 0)
    if (complaint !== null) ctx.issues.push({ code: 'custom', input: ctx.value, ...complaint })
  })
  return marked(schema.describe(description), { leaf: 'json' })
}

function firstComplaint(value: unknown, path: PropertyKey[], depth: number): Complaint | null {
  if (depth > MAX_DEPTH) return { path, message: `expected at most ${MAX_DEPTH} levels` }
  if (typeof value !== 'object') return scalarComplaint(value, path)
  if (value === null) return null
  if (Array.isArray(value)) return complaintWithin(value.entries(), path, depth)
  if ('enc' in value && value.enc === 1) return { path, message: 'this looks like an encrypted field; send plain text' }
  return complaintWithin(Object.entries(value), path, depth)
}

function scalarComplaint(value: unknown, path: PropertyKey[]): Complaint | null {
  if (typeof value === 'boolean') return null
  if (typeof value === 'number') return Number.isFinite(value) ? null : { path, message: 'expected a finite number' }
  if (typeof value !== 'string') return { path, message: 'expected a JSON value' }
  return value.isWellFormed() ? null : { path, message: 'expected well-formed Unicode: there is half a surrogate pair in it' }
}

function complaintWithin(entries: Iterable<[PropertyKey, unknown]>, path: PropertyKey[], depth: number): Complaint | null {
  for (const [key, value] of entries) {
    const here = [...path, key]
    if (typeof key === 'string' && !isPlainKey(key)) return { path: here, message: 'expected another key' }
    const complaint = firstComplaint(value, here, depth + 1)
    if (complaint !== null) return complaint
  }
  return null
}
