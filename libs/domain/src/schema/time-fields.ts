import { z } from 'zod'
import { patterned } from './id-fields.ts'
import { marked } from './mark.ts'
import { isDate, normaliseInstant } from './normalise-instant.ts'

/** An instant; any RFC 3339 form is taken and stored as `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export function instant(description: string) {
  const schema = z.string().check((ctx) => {
    const normalised = normaliseInstant(ctx.value)
    if (normalised === null)
      ctx.issues.push({ code: 'custom', message: 'expected an instant such as 2026-03-01T08:00:00.000Z', input: ctx.value })
    else ctx.value = normalised
  })
  return marked(schema.describe(description), { leaf: 'instant' })
}

/** A calendar date: legal dates have no time of day. */
export function date(description: string) {
  return marked(z.string().refine(isDate, 'expected a calendar date such as 2026-03-01').describe(description), { leaf: 'date' })
}

/** A length of time, ISO 8601: `P7D`, `PT15M`, `P1Y6M`. */
export const duration = (description: string) =>
  patterned(
    'duration',
    'P(?=\\d|T\\d)(?:\\d{1,5}Y)?(?:\\d{1,5}M)?(?:\\d{1,5}W)?(?:\\d{1,5}D)?(?:T(?=\\d)(?:\\d{1,6}H)?(?:\\d{1,6}M)?(?:\\d{1,6}S)?)?',
    'an ISO 8601 duration such as P7D',
    description,
  )
