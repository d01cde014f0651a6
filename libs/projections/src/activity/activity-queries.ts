import type { Asking, Tables } from '../registers/register-reader.ts'

/** `ActivityDay` of the API. */
export interface ActivityDay {
  readonly date: string
  readonly events: number
  readonly incidents: number
  readonly violations: number
  readonly deployments: number
  readonly decisions: number
}

/** Every day from `from` to `to` (both inclusive, UTC), those on which nothing happened too. */
export async function activityBetween(
  tables: Tables,
  { workspace }: Asking,
  system: string | null,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ActivityDay[]> {
  const rows = await tables.query
    .selectFrom('day')
    .select(['date', 'events', 'incidents', 'violations', 'deployments', 'decisions'])
    .where('workspace', '=', workspace)
    .where('system', '=', system ?? '')
    .where('date', '>=', from)
    .where('date', '<=', to)
    .execute()
  const known = new Map(rows.map((row) => [row.date, row]))
  return daysBetween(from, to).map(
    (date) => known.get(date) ?? { date, events: 0, incidents: 0, violations: 0, deployments: 0, decisions: 0 },
  )
}

const DAY = 86_400_000

export function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = Date.parse(from); day <= Date.parse(to); day += DAY) days.push(new Date(day).toISOString().slice(0, 10))
  return days
}
