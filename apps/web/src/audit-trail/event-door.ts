import { createContext, use } from 'react'
import type { FilterTerm } from './filter/filter-term.ts'
import type { TrailEvent } from './trail-documents.ts'

/** How the parts of an event lead elsewhere: on the trail into its own list, on every other page to the trail. */
export interface EventDoor {
  readonly workspace: string
  /** The event of the drawer, from the URL. */
  readonly openId: string | null
  /** The list that the event stands in, for stepping. */
  readonly events: readonly TrailEvent[]
  /** What the page shows, for the foot of what is printed. */
  readonly scope: string
  readonly onTrail: boolean
  readonly open: (id: string) => void
  readonly close: () => void
  readonly addTerm: (term: FilterTerm) => void
  readonly setTerms: (terms: readonly FilterTerm[]) => void
}

export const EventDoorContext = createContext<EventDoor | null>(null)

/** @throws outside of a workspace's pages. */
export function useDoor(): EventDoor {
  const door = use(EventDoorContext)
  if (door === null) throw new Error('expected a page within a workspace, found none')
  return door
}
