import type { ViewTables } from '../read-model/read-model.ts'
import type { NumberRange } from '../term-index/chunk-layout.ts'
import type { TermCondition } from '../term-index/search-closed-chunks.ts'
import type { TimeSpan } from './search-occurrence.ts'
import type { TextTables } from './text-tables.ts'
import type { TrailFilter } from './trail-query.ts'
import type { TrailTables } from './trail-tables.ts'
import { aboutTerm, actorTerm, correlationTerm, streamTerm, typeTerm } from './trail-terms.ts'
import { parseTextQuery } from './words.ts'

/** The filter's conditions on what the trail's index knows, those that tend to match least first. */
export function termConditions({ correlationId, stream, about, actor, types }: TrailFilter): TermCondition[] {
  const conditions: TermCondition[] = []
  if (correlationId !== undefined) conditions.push({ match: 'any', terms: [correlationTerm(correlationId)] })
  if (stream !== undefined) conditions.push({ match: 'any', terms: [streamTerm(stream)] })
  for (const reference of about ?? []) conditions.push({ match: 'any', terms: [aboutTerm(reference)] })
  if (actor !== undefined) conditions.push({ match: 'any', terms: [actorTerm(actor)] })
  if (types !== undefined) conditions.push({ match: 'any', terms: types.map(typeTerm) })
  return conditions
}

/** A text without any word asks for nothing; who asks is told so before (`asksForWords`). */
export function textConditions({ text }: TrailFilter): TermCondition[] {
  const { words, prefixes } = parseTextQuery(text ?? '')
  return [
    ...words.map((word) => ({ match: 'any' as const, terms: [word] })),
    ...prefixes.map((prefix) => ({ match: 'prefix' as const, prefix })),
  ]
}

export async function waitingInTrail(
  tables: ViewTables<TrailTables>,
  conditions: readonly TermCondition[],
  { from, to }: NumberRange,
): Promise<number[]> {
  const rows = await tables.query
    .selectFrom('waiting')
    .select('number')
    .where('number', '>=', from)
    .where('number', '<=', to)
    .where(({ and, or }) => and(conditions.map((condition) => or(partsOf(condition).map((part) => tables.contains('terms', part))))))
    .execute()
  return rows.map(({ number }) => number)
}

export async function waitingInText(
  tables: ViewTables<TextTables>,
  conditions: readonly TermCondition[],
  { from, to }: NumberRange,
): Promise<number[]> {
  const rows = await tables.query
    .selectFrom('waiting')
    .select('number')
    .where('number', '>=', from)
    .where('number', '<=', to)
    .where(({ and, or }) => and(conditions.map((condition) => or(partsOf(condition).map((part) => tables.contains('words', part))))))
    .execute()
  return rows.map(({ number }) => number)
}

/** How the condition's terms look in a list of terms between spaces: one of them must be there. */
function partsOf(condition: TermCondition): string[] {
  return condition.match === 'any' ? condition.terms.map((term) => ` ${term} `) : [` ${condition.prefix}`]
}

/** The bounds of what a Date can say. */
const FIRST_INSTANT = -8.64e15
const LAST_INSTANT = 8.64e15

/** Null where the filter doesn't ask when events occurred. */
export function occurredSpan({ occurredFrom, occurredTo }: TrailFilter): TimeSpan | null {
  if (occurredFrom === undefined && occurredTo === undefined) return null
  return {
    from: occurredFrom === undefined ? FIRST_INSTANT : Date.parse(occurredFrom),
    to: occurredTo === undefined ? LAST_INSTANT : Date.parse(occurredTo),
  }
}
