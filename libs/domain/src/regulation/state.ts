import { type EventOf, withEntry } from '../decider.ts'
import type { policyEvents } from '../policy/events.ts'

export type RegulationEvent = Extract<EventOf<typeof policyEvents>, { type: 'CatalogueAdopted' }>

export interface RegulationState {
  readonly stream: 'regulation'
  /** The digest of each version that was ever adopted. */
  readonly digests: ReadonlyMap<string, string>
  /** The last adoption in a word: its version and the day it takes effect; null: none. */
  readonly adopted: string | null
}

export const noRegulation: RegulationState = { stream: 'regulation', digests: new Map(), adopted: null }

/** Total over any subset of a stream. */
export function evolveRegulation(state: RegulationState, { data }: RegulationEvent): RegulationState {
  const digests = state.digests.has(data.version) ? state.digests : withEntry(state.digests, data.version, data.sha256)
  return { ...state, digests, adopted: adoptionOf(data) }
}

export function adoptionOf({ version, effectiveOn }: { version: string; effectiveOn?: string }): string {
  return effectiveOn === undefined ? version : `${version} from ${effectiveOn}`
}
