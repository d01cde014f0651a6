import type { PastEvent } from '../decider.ts'

/** A `RetentionSet` that says when payloads of this very record expire. */
export interface RetentionRule {
  readonly rule: string
  /** ISO 8601, from the instant at which an event was recorded: no sender can move it. */
  readonly keep: string
  readonly types: readonly string[]
  /** By id; none: of every system, and of none. */
  readonly systems: readonly string[]
}

/** Null: it is about a dataset or log elsewhere, and nothing of this record expires by it. */
export function retentionRule({ dataset, keep, expires, systems }: Readonly<Record<string, unknown>>): RetentionRule | null {
  if (!Array.isArray(expires)) return null
  return {
    rule: String(dataset),
    keep: String(keep),
    types: expires.map(String),
    systems: Array.isArray(systems) ? systems.map(String) : [],
  }
}

/** The types that a rule bears on: a correction says again what its event says. */
export function typesUnder({ types }: RetentionRule): readonly string[] {
  return [...types, 'EventCorrected']
}

export function isUnder(
  { types, systems }: RetentionRule,
  event: Pick<PastEvent, 'type' | 'data'> & { about: readonly string[] },
): boolean {
  const type = event.type === 'EventCorrected' ? String(event.data.type) : event.type
  if (!types.includes(type)) return false
  return systems.length === 0 || systems.some((system) => event.about.includes(`aisystem:${system}`))
}
