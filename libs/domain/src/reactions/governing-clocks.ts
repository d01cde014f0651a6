import { type IncidentClock, incidentClocks } from './incident-clocks.ts'
import { dayOf, endOfDaysAfter, plusHours } from './legal-time.ts'

/** What is known of an incident that clocks go by. */
export interface ClockedIncident {
  /** An instant: clocks start here. */
  readonly awareAt: string
  readonly category: string
  /** As triaged; before, as its category says (`seriousCategories`). */
  readonly serious: boolean
  readonly widespread: boolean
}

export interface GoverningClock {
  readonly clock: IncidentClock
  /** An instant. */
  readonly due: string
}

/** The shortest clock of each regime that applies. */
export function governingClocks(incident: ClockedIncident, legalTimeZone: string): Map<string, GoverningClock> {
  const governing = new Map<string, GoverningClock>()
  const aware = { at: incident.awareAt, day: dayOf(incident.awareAt, legalTimeZone) }
  for (const clock of incidentClocks.filter((one) => applies(one, incident))) {
    const due = dueOf(clock, aware, legalTimeZone)
    const shortest = governing.get(clock.regime)
    if (shortest === undefined || due < shortest.due) governing.set(clock.regime, { clock, due })
  }
  return governing
}

function applies({ appliesTo }: IncidentClock, { category, serious, widespread }: ClockedIncident): boolean {
  switch (appliesTo.kind) {
    case 'category':
      return appliesTo.category === category
    case 'serious':
      return (
        serious &&
        (appliesTo.category === undefined || appliesTo.category === category) &&
        (appliesTo.widespread === undefined || appliesTo.widespread === widespread)
      )
  }
}

function dueOf({ limit }: IncidentClock, aware: { readonly at: string; readonly day: string }, timeZone: string): string {
  return 'days' in limit ? endOfDaysAfter(aware.day, limit.days, timeZone) : plusHours(aware.at, limit.hours)
}
