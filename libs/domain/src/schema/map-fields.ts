import { z } from 'zod'
import { marked } from './mark.ts'
import { isPlainKey } from './plain-key.ts'
import { textComplaint } from './written-text.ts'

const MAX_ENTRIES = 100
const MAX_KEY = 100

/** Numbers under names of the sender's choosing, such as metrics: `{"auc": 0.87, "ks": 0.41}`. */
export function numbers(description: string) {
  const schema = z.custom<Readonly<Record<string, number>>>().check((ctx) => {
    const complaint = mapComplaint(ctx.value, (value) => (Number.isFinite(value) ? null : 'expected a finite number'))
    if (complaint !== null) ctx.issues.push({ code: 'custom', input: ctx.value, ...complaint })
  })
  return marked(schema.describe(description), { leaf: 'numbers', min: 1, max: MAX_ENTRIES })
}

/** Short texts under names of the sender's choosing, such as tags: `{"team": "retail", "env": "prod"}`. */
export function texts(description: string) {
  const schema = z.custom<Readonly<Record<string, string>>>().check((ctx) => {
    const complaint = mapComplaint(ctx.value, valueComplaint)
    if (complaint !== null) ctx.issues.push({ code: 'custom', input: ctx.value, ...complaint })
  })
  return marked(schema.describe(description), { leaf: 'texts', min: 1, max: MAX_ENTRIES })
}

function valueComplaint(value: unknown): string | null {
  if (typeof value !== 'string') return 'expected text'
  return value.length <= 500 ? textComplaint(value, 'line') : 'expected at most 500 characters'
}

interface Complaint {
  readonly path: string[]
  readonly message: string
}

function mapComplaint(map: unknown, complain: (value: unknown) => string | null): Complaint | null {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return { path: [], message: 'expected an object of names to values' }
  const entries = Object.entries(map)
  if (entries.length === 0 || entries.length > MAX_ENTRIES) return { path: [], message: `expected 1 to ${MAX_ENTRIES} entries` }
  for (const [key, value] of entries) {
    if (key.length === 0 || key.length > MAX_KEY || !isPlainKey(key) || textComplaint(key, 'line') !== null)
      return { path: [key], message: `expected a name of 1 to ${MAX_KEY} characters` }
    const message = complain(value)
    if (message !== null) return { path: [key], message }
  }
  return null
}
