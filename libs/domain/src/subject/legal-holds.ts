import type { PastEvent } from '../decider.ts'

/** What a hold in place covers: a data subject's data, or the events of systems. */
export interface LegalHold {
  readonly hold: string
  readonly subject: string | null
  readonly systems: readonly string[]
}

/** The holds in place in a workspace: a fold over its `subject` streams in the order of the record. Total over any subset. */
export function evolveLegalHolds(holds: readonly LegalHold[], { type, data }: Pick<PastEvent, 'type' | 'data'>): readonly LegalHold[] {
  const { hold, subject, systems } = data
  if (typeof hold !== 'string') return holds
  switch (type) {
    case 'LegalHoldPlaced':
      return holds.some((placed) => placed.hold === hold)
        ? holds
        : [
            ...holds,
            { hold, subject: typeof subject === 'string' ? subject : null, systems: Array.isArray(systems) ? systems.map(String) : [] },
          ]
    case 'LegalHoldReleased':
      return holds.filter((placed) => placed.hold !== hold)
    default:
      return holds
  }
}

/** What is to be erased, redacted or expired. `about`: the references of the events that it takes from. */
export interface Destroyed {
  readonly subjects: readonly string[]
  readonly about: readonly string[]
}

/** The ids of the holds that forbid it: what a decision on it is given as `holds` of its context. */
export function holdsCovering(holds: readonly LegalHold[], { subjects, about }: Destroyed): readonly string[] {
  const systems = new Set(about)
  return holds
    .filter(
      (placed) =>
        (placed.subject !== null && subjects.includes(placed.subject)) ||
        placed.systems.some((system) => systems.has(`aisystem:${system}`)),
    )
    .map(({ hold }) => hold)
}
