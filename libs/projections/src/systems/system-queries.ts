import { FACT, factOf } from '../registers/facts.ts'
import { foldText } from '../registers/fold-text.ts'
import { wordIn } from '../registers/register-event.ts'
import {
  behindCursor,
  countFound,
  given,
  instantOf,
  instantOrNull,
  type PageRequest,
  pageOf,
  type RegisterCount,
  type RegisterPage,
  type Sorting,
} from '../registers/register-page.ts'
import type { Asking, Tables } from '../registers/register-reader.ts'
import type { SystemFacts } from './system-projection.ts'
import type { SystemTables } from './system-tables.ts'

/** What a system is called whose risk class was not recorded. */
export const UNCLASSIFIED = 'unclassified'

export interface SystemFilter {
  /** A part of the name or id, whatever its case and diacritics. */
  readonly search?: string
  readonly businessUnit?: string
  /** `unclassified`: none was recorded. */
  readonly riskClass?: string
  readonly role?: string
  readonly phase?: string
  readonly owner?: string
  readonly retired?: boolean
  readonly hasOpenIncident?: boolean
  readonly hasViolation?: boolean
}

export type SystemSort = 'NAME' | 'LAST_EVENT' | 'OPEN_ISSUES'

/** `System` of the API, but for what is asked for separately. */
export interface SystemNode {
  readonly id: string
  readonly name: string
  readonly purpose: string | null
  readonly owner: string | null
  readonly businessUnit: string | null
  readonly role: string | null
  readonly region: string | null
  readonly serviceTier: string | null
  readonly riskClass: string | null
  readonly annexIIIPoint: string | null
  readonly phase: string | null
  readonly retiredAt: string | null
  readonly registeredAt: string
  readonly lastEventAt: string | null
  readonly events: number
  readonly openIncidents: number
  readonly openViolations: number
  readonly pendingApprovals: number
  readonly driftAlerts: number
  readonly provenBy: readonly { readonly fact: string; readonly event: string; readonly occurredAt: string }[]
  readonly streamVersion: string
}

export interface DependencyNode {
  readonly on: string
  readonly kind: string
  readonly since: string
  readonly event: string
}

export interface DocumentNode {
  readonly kind: string
  readonly title: string
  readonly uri: string | null
  readonly sha256: string | null
  readonly validFrom: string | null
  readonly validUntil: string | null
  readonly event: string
}

const sortings = {
  NAME: { column: 'folded', direction: 'asc' },
  LAST_EVENT: { column: 'last', direction: 'desc' },
  OPEN_ISSUES: { column: 'open', direction: 'desc' },
} as const satisfies Record<SystemSort, Sorting>

/** Parts of a page that stands beside others are bounded. */
const MOST_LISTED = 500

export async function systemsPage(
  tables: Tables,
  asking: Asking,
  filter: SystemFilter,
  { sort, after, limit }: PageRequest & { readonly sort: SystemSort },
): Promise<RegisterPage<SystemNode>> {
  const sorting = sortings[sort]
  const rows = await matching(tables, asking.workspace, filter)
    .selectAll()
    .where(behindCursor(sorting, after))
    .orderBy(sorting.column, sorting.direction)
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const pending = await pendingApprovals(
    tables,
    asking,
    rows.map(({ id }) => id),
  )
  return pageOf(
    rows,
    limit,
    (row) => row[sorting.column],
    (row) => nodeOf(row, pending.get(row.id) ?? 0),
  )
}

export async function countSystemsFound(tables: Tables, { workspace }: Asking, filter: SystemFilter): Promise<RegisterCount> {
  return countFound(tables, matching(tables, workspace, filter).select('id'))
}

export async function systemOf(tables: Tables, asking: Asking, id: string): Promise<SystemNode | null> {
  const row = await tables.query
    .selectFrom('system')
    .selectAll()
    .where('workspace', '=', asking.workspace)
    .where('id', '=', id)
    .where('registered', 'is not', null)
    .executeTakeFirst()
  return row ? nodeOf(row, (await pendingApprovals(tables, asking, [id])).get(id) ?? 0) : null
}

export async function dependenciesOfSystem(tables: Tables, { workspace }: Asking, id: string): Promise<DependencyNode[]> {
  const rows = await tables.query
    .selectFrom('dependency')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('system', '=', id)
    .orderBy('target')
    .orderBy('kind')
    .limit(MOST_LISTED)
    .execute()
  return rows.map(({ target, kind, since, event }) => ({ on: target, kind, since: instantOf(since), event }))
}

/** The newest first. */
export async function documentsOfSystem(tables: Tables, { workspace }: Asking, id: string): Promise<DocumentNode[]> {
  const rows = await tables.query
    .selectFrom('fact')
    .select(FACT)
    .where('workspace', '=', workspace)
    .where('thing', '=', `aisystem:${id}`)
    .where('type', '=', 'DocumentAttached')
    .orderBy('occurred', 'desc')
    .orderBy('version', 'desc')
    .limit(MOST_LISTED)
    .execute()
  return rows.map(factOf).map(({ content, event }) => ({
    kind: wordIn(content, 'kind') ?? '',
    title: wordIn(content, 'title') ?? '',
    uri: wordIn(content, 'uri'),
    sha256: wordIn(content, 'sha256'),
    validFrom: wordIn(content, 'validFrom'),
    validUntil: wordIn(content, 'validUntil'),
    event,
  }))
}

function matching(tables: Tables, workspace: string, filter: SystemFilter) {
  const { search, retired, hasOpenIncident, hasViolation } = filter
  let query = tables.query.selectFrom('system').where('workspace', '=', workspace).where('registered', 'is not', null)
  for (const [column, operator, value] of equalities(filter)) query = query.where(column, operator, value)
  if (search !== undefined) query = query.where(tables.contains('folded', foldText(search)))
  if (retired !== undefined) query = query.where('retired', retired ? 'is not' : 'is', null)
  if (hasOpenIncident !== undefined) query = query.where('incidents', hasOpenIncident ? '>' : '=', 0)
  if (hasViolation !== undefined) query = query.where('violations', hasViolation ? '>' : '=', 0)
  return query
}

function equalities({ businessUnit, riskClass, role, phase, owner }: SystemFilter) {
  const wanted = { unit: businessUnit, risk: riskClass === UNCLASSIFIED ? null : riskClass, role, phase, owner }
  return given(wanted).map(([column, value]) => [column, value === null ? 'is' : '=', value] as const)
}

async function pendingApprovals(tables: Tables, { workspace, now }: Asking, systems: readonly string[]): Promise<Map<string, number>> {
  if (systems.length === 0) return new Map()
  const rows = await tables.query
    .selectFrom('issue')
    .select(({ fn }) => ['system', fn.countAll<number>().as('count')])
    .where('workspace', '=', workspace)
    .where('system', 'in', [...systems])
    .where('kind', '=', 'approval')
    .where('until', '>', Date.parse(now))
    .groupBy('system')
    .execute()
  return new Map(rows.map(({ system, count }) => [system, Number(count)]))
}

function nodeOf(row: SystemTables['system'], pending: number): SystemNode {
  const facts: SystemFacts = JSON.parse(row.facts ?? '{}')
  return {
    id: row.id,
    name: row.name ?? row.id,
    purpose: facts.purpose,
    owner: row.owner,
    businessUnit: row.unit,
    role: row.role,
    region: facts.region,
    serviceTier: facts.serviceTier,
    riskClass: row.risk,
    annexIIIPoint: facts.annexIIIPoint,
    phase: row.phase,
    retiredAt: instantOrNull(row.retired),
    registeredAt: instantOf(row.registered ?? 0),
    lastEventAt: row.events === 0 ? null : instantOf(row.last),
    events: row.events,
    openIncidents: row.incidents,
    openViolations: row.violations,
    pendingApprovals: pending,
    driftAlerts: row.drift,
    provenBy: facts.provenBy.map(({ fact, event, occurred }) => ({ fact, event, occurredAt: instantOf(occurred) })),
    streamVersion: String(row.version),
  }
}
