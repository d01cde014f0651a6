import type { ViewTables } from '../read-model/read-model.ts'
import type { SystemTables } from '../systems/system-tables.ts'
import type { IssueKind, IssueTables } from './issue-tables.ts'

export interface Issue {
  readonly workspace: string
  readonly kind: IssueKind
  readonly thing: string
  /** The systems for which it was open before the batch, and for which it is now. */
  readonly before: readonly string[]
  readonly now: readonly string[]
  readonly until?: number
}

/** Opens and closes issues of systems, then counts anew what is open for each of them. */
export async function saveIssues(tables: ViewTables<IssueTables & SystemTables>, issues: readonly Issue[]): Promise<void> {
  const systems = new Map<string, { workspace: string; system: string }>()
  for (const { workspace, kind, thing, before, now, until = null } of issues) {
    if (isSame(before, now)) continue
    for (const system of [...before, ...now]) systems.set(`${workspace} ${system}`, { workspace, system })
    for (const system of before.filter((id) => !now.includes(id))) await tables.remove('issue', { workspace, system, kind, thing })
    if (now.length > 0)
      await tables.upsert(
        'issue',
        ['workspace', 'system', 'kind', 'thing', 'until'],
        now.map((system) => [workspace, system, kind, thing, until]),
      )
  }
  for (const { workspace, system } of systems.values()) await countIssues(tables, workspace, system)
}

function isSame(before: readonly string[], now: readonly string[]): boolean {
  return before.length === now.length && before.every((system) => now.includes(system))
}

async function countIssues(tables: ViewTables<IssueTables & SystemTables>, workspace: string, system: string): Promise<void> {
  const counted = await tables.query
    .selectFrom('issue')
    .select(({ fn }) => ['kind', fn.countAll<number>().as('count')])
    .where('workspace', '=', workspace)
    .where('system', '=', system)
    .groupBy('kind')
    .execute()
  const count = (kind: IssueKind) => Number(counted.find((row) => row.kind === kind)?.count ?? 0)
  const incidents = count('incident')
  const violations = count('violation')
  const drift = count('drift')
  await tables.upsert(
    'system',
    ['workspace', 'id', 'events', 'last', 'version', 'incidents', 'violations', 'drift', 'open'],
    [[workspace, system, 0, 0, -1, incidents, violations, drift, incidents + violations + drift]],
    { events: 'sum', last: 'greatest', version: 'greatest' },
  )
}
