import { z } from 'zod'
import { boundedList } from './mark.ts'

/** An object with these fields and no others. */
export const object = <S extends z.ZodRawShape>(description: string, fields: S) => z.strictObject(fields).describe(description)

/** A list of at least `min` (0) and at most `max` (100) items. */
export function list<S extends z.ZodType>(description: string, item: S, { min = 0, max = 100 }: { min?: number; max?: number } = {}) {
  return boundedList(z.array(item).min(min, `expected at least ${min}`).max(max, `expected at most ${max}`).describe(description), min, max)
}

/** A field that may be absent. `null` counts as absent. */
export const optional = <S extends z.ZodType>(field: S) => field.exactOptional()

/** One of several objects that share no required field; in GraphQL one input whose description says which fields go together. */
export function variants<A extends z.ZodType, B extends z.ZodType>(description: string, one: A, other: B) {
  return z.union([one, other]).describe(description)
}
