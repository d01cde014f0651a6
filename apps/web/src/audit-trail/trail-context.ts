import { createContext, use } from 'react'
import type { TrailFeed } from './feed/trail-feed.ts'
import type { TrailState } from './feed/trail-state.ts'
import type { EventFilter } from './filter/event-filter.ts'
import type { FilterTerm } from './filter/filter-term.ts'
import type { TrailOrder } from './trail-documents.ts'

/** What the parts of the trail's page have in common. */
export interface Trail {
  readonly workspace: string
  readonly order: TrailOrder
  /** As of when it is read; null: now, and followed. */
  readonly asOf: string | null
  /** As it stands in the URL. */
  readonly line: string
  readonly terms: readonly FilterTerm[]
  /** What is wrong with the line, in sentences. Nothing is asked while there is something. */
  readonly problems: readonly string[]
  readonly filter: EventFilter
  readonly state: TrailState
  /** Null while nothing is asked. */
  readonly feed: TrailFeed | null
  readonly setLine: (line: string) => void
  readonly setTerms: (terms: readonly FilterTerm[]) => void
  readonly addTerm: (term: FilterTerm) => void
  readonly setOrder: (order: TrailOrder) => void
  /** The event of the drawer, from the URL. */
  readonly openId: string | null
  readonly open: (id: string) => void
  readonly close: () => void
}

export const TrailContext = createContext<Trail | null>(null)

/** @throws outside of the trail's page. */
export function useTrail(): Trail {
  const trail = use(TrailContext)
  if (trail === null) throw new Error('expected a part of the audit trail, found one outside of it')
  return trail
}
