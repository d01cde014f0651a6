import type { ReactNode } from 'react'
import { EventOpen } from '../audit-trail/event-open.tsx'
import { annexPoint, titleOf } from '../things/vocabulary.ts'
import { Instant } from '../ui/instant.tsx'
import { RiskClass } from './system-columns.tsx'
import type { System } from './systems-documents.ts'

export interface SystemFact {
  readonly label: string
  /** Which event set it last, among those of `provenBy`. */
  readonly source: 'registered' | 'risk' | 'phase' | 'retired'
  /** As it is recorded; null: it isn't. */
  readonly value: (system: System) => string | null
  readonly shown?: (value: string) => ReactNode
  /** What stands where nothing is recorded. */
  readonly missing?: ReactNode
  /** Isn't told where nothing is recorded. */
  readonly onlyIfRecorded?: true
}

/** What the system is. */
export const NATURE: readonly SystemFact[] = [
  { label: 'Intended purpose', source: 'registered', value: ({ purpose }) => purpose },
  {
    label: 'Risk class',
    source: 'risk',
    value: ({ riskClass }) => riskClass,
    shown: (id) => <RiskClass id={id} />,
    missing: <RiskClass id={null} />,
  },
  { label: 'Annex III point', source: 'risk', value: ({ annexIIIPoint }) => annexIIIPoint, shown: annexPoint, onlyIfRecorded: true },
  { label: 'Our role', source: 'registered', value: ({ role }) => role, shown: titleOf },
  { label: 'Owner', source: 'registered', value: ({ owner }) => owner },
  { label: 'Business unit', source: 'registered', value: ({ businessUnit }) => businessUnit },
]

/** Where it stands. */
export const STANDING: readonly SystemFact[] = [
  { label: 'Rollout phase', source: 'phase', value: ({ phase }) => phase, shown: titleOf },
  { label: 'Region', source: 'registered', value: ({ region }) => region },
  { label: 'Service tier', source: 'registered', value: ({ serviceTier }) => serviceTier, shown: titleOf },
  { label: 'Registered', source: 'registered', value: ({ registeredAt }) => registeredAt, shown: (at) => <Instant at={at} /> },
  {
    label: 'Retired',
    source: 'retired',
    value: ({ retiredAt }) => retiredAt,
    shown: (at) => <Instant at={at} />,
    onlyIfRecorded: true,
  },
]

/** Opens the event that says so. */
export function FactValue({ system, fact }: { readonly system: System; readonly fact: SystemFact }) {
  const value = fact.value(system)
  if (value === null) return fact.missing ?? <span className="text-ink-3">Not recorded</span>
  const by = system.provenBy.find((source) => source.fact === fact.source)?.event
  const shown = fact.shown?.(value) ?? value
  return by === undefined ? <span>{shown}</span> : <EventOpen event={by}>{shown}</EventOpen>
}
