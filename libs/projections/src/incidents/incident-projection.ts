import type { ViewTables } from '../read-model/read-model.ts'
import type { FactTables } from '../registers/fact-tables.ts'
import { type Fact, factsOf, idOf, thingsOf } from '../registers/facts.ts'
import type { Issue } from '../registers/issues.ts'
import { legalTimeZoneOf } from '../registers/legal-time-zone.ts'
import { wordIn } from '../registers/register-event.ts'
import { type FoldedIncident, foldIncident } from './fold-incident.ts'
import { incidentDeadlines } from './incident-deadlines.ts'
import type { IncidentTables, SystemProgress } from './incident-tables.ts'

type Tables = ViewTables<IncidentTables & FactTables>

const types = new Set([
  'IncidentReported',
  'SystemImplicated',
  'SystemCleared',
  'IncidentTriaged',
  'ContainmentDone',
  'AuthorityNotified',
  'CorrectiveActionDone',
  'IncidentClosed',
])

export async function refreshIncidents(tables: Tables, changed: readonly Fact[]): Promise<Issue[]> {
  const issues: Issue[] = []
  for (const { workspace, thing } of thingsOf(changed, types)) {
    const folded = foldIncident(await factsOf(tables, workspace, thing))
    if (folded !== null) issues.push(await saveIncident(tables, folded, await legalTimeZoneOf(tables, workspace)))
  }
  return issues
}

const COLUMNS = [
  'workspace',
  'id',
  'category',
  'severity',
  'status',
  'serious',
  'widespread',
  'occurred',
  'aware',
  'reported',
  'closed',
  'systems',
  'notices',
  'due',
  'event',
  'version',
] as const

async function saveIncident(tables: Tables, folded: FoldedIncident, legalTimeZone: string): Promise<Issue> {
  const { report, category, severity, status, serious, widespread, closed, systems, notices, version } = folded
  const { workspace, content, at, event } = report
  const id = idOf(report.thing)
  const [before] = await tables.lookUp('incident', ['systems', 'closed'], { workspace, id })
  const undated: Omit<IncidentTables['incident'], 'due'> = {
    workspace,
    id,
    category,
    severity,
    status,
    serious: serious === null ? null : Number(serious),
    widespread: Number(widespread),
    occurred: Date.parse(wordIn(content, 'occurredAt') ?? ''),
    aware: Date.parse(wordIn(content, 'awareAt') ?? ''),
    reported: at,
    closed,
    systems: JSON.stringify(Object.fromEntries(systems)),
    notices: JSON.stringify(notices),
    event,
    version,
  }
  const [unmet] = incidentDeadlines(undated, notices, legalTimeZone).filter(({ metAt }) => metAt === null)
  const row = { ...undated, due: unmet === undefined ? null : Date.parse(unmet.due) }
  await tables.upsert('incident', COLUMNS, [COLUMNS.map((column) => row[column])])
  const known: Record<string, SystemProgress> = before && before.closed === null ? JSON.parse(before.systems) : {}
  return {
    workspace,
    kind: 'incident',
    thing: `incident:${id}`,
    before: openSystems(Object.entries(known)),
    now: closed === null ? openSystems([...systems]) : [],
  }
}

/** Those that an incident which isn't closed still concerns. */
function openSystems(systems: readonly (readonly [string, SystemProgress])[]): string[] {
  return systems.filter(([, progress]) => progress !== 'CLEARED').map(([system]) => system)
}
