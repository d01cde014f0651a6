import type { Incident } from './incidents-documents.ts'

/** The systems concerned that are neither corrected nor cleared. */
export function unsettledSystems({ systems }: Incident): readonly Incident['systems'][number][] {
  return systems.filter(({ state }) => state === 'IMPLICATED' || state === 'CONTAINED')
}

export function toSettle(count: number): string {
  return `${count} to settle before the incident can be closed`
}
