import { z } from 'zod'
import { patterned } from './id-fields.ts'
import { marked, named } from './mark.ts'

interface Bounds {
  readonly min?: number
  readonly max?: number
}

/** A finite number. */
export function number(description: string, { min, max }: Bounds = {}) {
  let schema = z.number('expected a finite number')
  if (min !== undefined) schema = schema.min(min, `expected at least ${min}`)
  if (max !== undefined) schema = schema.max(max, `expected at most ${max}`)
  return marked(schema.describe(description), { leaf: 'number', ...(min !== undefined && { min }), ...(max !== undefined && { max }) })
}

const INT_32 = 2 ** 31 - 1

/** A whole number of 32 bits, not negative unless `min` says so. */
export function whole(description: string, { min = 0, max = INT_32 }: Bounds = {}) {
  const schema = z.int('expected a whole number').min(min, `expected at least ${min}`).max(max, `expected at most ${max}`)
  return marked(schema.describe(description), { leaf: 'whole', min, max })
}

/** A whole number that may outgrow 32 bits, at most 2^53 − 1. */
export const largeWhole = (description: string) => whole(description, { max: Number.MAX_SAFE_INTEGER })

/** A part of a whole, 0–1. */
export const share = (description: string) => number(description, { min: 0, max: 1 })

export const flag = (description: string) => marked(z.boolean('expected true or false').describe(description), { leaf: 'flag' })

const DECIMAL = '-?(?:0|[1-9]\\d{0,17})(?:\\.\\d{1,6})?'

const decimal = (description: string) => patterned('decimal', DECIMAL, 'a decimal number in a string, such as "1200.50"', description)

export const currency = (description: string) => patterned('currency', '[A-Z]{3}', 'an ISO 4217 currency code', description)

/** An amount of money, never a binary fraction. */
export const money = (description: string) =>
  named(
    'Money',
    z
      .strictObject({ amount: decimal('The amount as a decimal string.'), currency: currency('The currency, ISO 4217.') })
      .describe(description),
  )

/**
 * A stream version as a receipt gave it: GraphQL hands it out as an opaque string, CloudEvents senders may give the number.
 * Stored as a number.
 */
export function streamVersion(description: string) {
  const schema = z
    .union(
      [
        z.int().min(0),
        z
          .string()
          .regex(/^(?:0|[1-9]\d{0,14})$/)
          .transform(Number),
      ],
      'expected a stream version',
    )
    .describe(description)
  return marked(schema, { leaf: 'stream-version', min: 0 })
}
