/** The worst first. */
export type BadNewsKind =
  | 'OVERDUE_CLOCK'
  | 'VIOLATION'
  | 'OPEN_INCIDENT'
  | 'DRIFT'
  | 'APPROVAL_LAPSED'
  | 'EVIDENCE_EXPIRED'
  | 'EVIDENCE_EXPIRING'

/** `BadNews` of the API. */
export interface BadNews {
  readonly kind: BadNewsKind
  /** 0–100; what is greater is worse. */
  readonly severity: number
  readonly title: string
  readonly system: string | null
  readonly systemName: string | null
  readonly owner: string | null
  readonly since: string
  readonly due: string | null
  readonly event: string
  /** The reference of what it is about: `incident:…`, `violation:…`, `model:cs@7`. */
  readonly thing: string
}

/** Before what it is about was looked up: `title` is what is said of `subject`, or all that is said if there is none. */
export interface News extends Omit<BadNews, 'title' | 'systemName' | 'owner'> {
  readonly title: (subject: string) => string
  /** The reference of what the title speaks of. */
  readonly subject?: string
}

/** By severity, then what is due first, then what has lasted longest. */
export function worstFirst(a: News, b: News): number {
  return b.severity - a.severity || compare(a.due ?? '9', b.due ?? '9') || compare(a.since, b.since) || compare(a.thing, b.thing)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
