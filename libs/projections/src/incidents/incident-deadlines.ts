import { governingClocks, seriousCategories } from '@annal/domain'
import type { IncidentTables, Notice } from './incident-tables.ts'

/** `IncidentDeadline` of the API. */
export interface IncidentDeadline {
  /** The clock's id in the regulation data. */
  readonly rule: string
  readonly article: string
  readonly addressee: string
  readonly due: string
  /** When the authority was first told under this law. */
  readonly metAt: string | null
}

type Clocked = Pick<IncidentTables['incident'], 'aware' | 'category' | 'serious' | 'widespread'>

/** The deadlines that govern an incident by what is known of it. Before it is triaged, its category says whether it is serious. */
export function incidentDeadlines(
  { aware, category, serious, widespread }: Clocked,
  notices: readonly Notice[],
  legalTimeZone: string,
): IncidentDeadline[] {
  const clocked = {
    awareAt: new Date(aware).toISOString(),
    category,
    serious: serious === null ? seriousCategories.includes(category) : serious === 1,
    widespread: widespread === 1,
  }
  return [...governingClocks(clocked, legalTimeZone).values()]
    .map(({ clock: { id, provision, addressee, regime }, due }) => {
      const told = notices.filter((notice) => (notice.regime ?? 'ai_act') === regime).map(({ at }) => at)
      return { rule: id, article: provision, addressee, due, metAt: told.length === 0 ? null : new Date(Math.min(...told)).toISOString() }
    })
    .sort((a, b) => (a.due < b.due ? -1 : 1))
}

export function isOverdue({ due, metAt }: IncidentDeadline, now: string): boolean {
  return metAt === null && due <= now
}
