import type { OpenEvents } from '../audit-trail/text-projection.ts'
import { legalTimeZoneOf } from '../registers/legal-time-zone.ts'
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
} from '../registers/register-page.ts'
import type { Asking, Tables } from '../registers/register-reader.ts'
import { thingNames } from '../registers/thing-names.ts'
import { type ToldFact, toldFacts } from '../registers/told-events.ts'
import { type IncidentDeadline, incidentDeadlines, isOverdue } from './incident-deadlines.ts'
import type { IncidentTables, Notice, SystemProgress } from './incident-tables.ts'

type IncidentStatus = IncidentTables['incident']['status']

export interface IncidentFilter {
  readonly status?: readonly IncidentStatus[]
  readonly open?: boolean
  readonly category?: string
  readonly severity?: string
  readonly system?: string
  readonly overdue?: boolean
  /** A part of the id. Titles stand in no view. */
  readonly search?: string
}

/** `Incident` of the API. */
export interface IncidentNode {
  readonly id: string
  readonly title: string | null
  readonly category: string
  readonly severity: string
  readonly status: IncidentStatus
  readonly occurredAt: string
  readonly awareAt: string
  readonly reportedAt: string
  readonly closedAt: string | null
  readonly systems: readonly IncidentSystemNode[]
  readonly deadlines: readonly (IncidentDeadline & { readonly overdue: boolean })[]
  readonly notifications: readonly NoticeNode[]
  readonly rootCause: string | null
  readonly lessons: string | null
  readonly event: string
  readonly streamVersion: string
}

export interface IncidentSystemNode {
  readonly system: string
  readonly name: string | null
  readonly state: SystemProgress
  readonly actions: readonly { readonly kind: string; readonly action: string | null; readonly at: string; readonly event: string }[]
}

export interface NoticeNode {
  readonly authority: string
  readonly kind: string
  readonly reference: string | null
  readonly at: string
  readonly event: string
}

const NEWEST = { column: 'reported', direction: 'desc' } as const

export interface IncidentDesk {
  readonly tables: Tables
  readonly open: OpenEvents
  readonly asking: Asking
}

/** What people wrote is opened for those alone who ask for it. */
export interface WantedOfIncidents {
  readonly actions: boolean
  readonly closing: boolean
}

export interface IncidentPageRequest extends PageRequest {
  /** Everything, if absent. */
  readonly wanted?: WantedOfIncidents
}

const EVERYTHING: WantedOfIncidents = { actions: true, closing: true }

export async function incidentsPage(
  desk: IncidentDesk,
  filter: IncidentFilter,
  { after, limit, wanted = EVERYTHING }: IncidentPageRequest,
): Promise<RegisterPage<IncidentNode>> {
  const rows = await matching(desk, filter)
    .selectAll()
    .where(behindCursor(NEWEST, after))
    .orderBy('reported', 'desc')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const present = await presenter(desk, rows.slice(0, limit), wanted)
  return pageOf(rows, limit, ({ reported }) => reported, present)
}

export async function countIncidentsFound(desk: IncidentDesk, filter: IncidentFilter): Promise<RegisterCount> {
  return countFound(desk.tables, matching(desk, filter).select('id'))
}

export async function incidentOf(desk: IncidentDesk, id: string): Promise<IncidentNode | null> {
  const row = await desk.tables.query
    .selectFrom('incident')
    .selectAll()
    .where('workspace', '=', desk.asking.workspace)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? (await presenter(desk, [row], EVERYTHING))(row) : null
}

function matching({ tables, asking }: IncidentDesk, filter: IncidentFilter) {
  const { status, open, category, severity, system, overdue, search } = filter
  let query = tables.query.selectFrom('incident').where('workspace', '=', asking.workspace)
  for (const [column, value] of given({ category, severity })) query = query.where(column, '=', value)
  if (status !== undefined) query = query.where('status', 'in', status.length === 0 ? ['' as IncidentStatus] : [...status])
  if (open !== undefined) query = query.where('closed', open ? 'is' : 'is not', null)
  if (system !== undefined) query = query.where(tables.contains('systems', `${JSON.stringify(system)}:`))
  if (search !== undefined) query = query.where(tables.contains('id', search.toLowerCase()))
  if (overdue === undefined) return query
  const late = Date.parse(asking.now)
  return query.where(({ eb, or }) => (overdue ? eb('due', '<=', late) : or([eb('due', '>', late), eb('due', 'is', null)])))
}

type Row = IncidentTables['incident']

/** Reads what a page of incidents shows besides their rows. */
async function presenter(
  { tables, open, asking }: IncidentDesk,
  rows: readonly Row[],
  { actions, closing }: WantedOfIncidents,
): Promise<(row: Row) => IncidentNode> {
  const { workspace } = asking
  const things = rows.map(({ id }) => `incident:${id}`)
  const told = await toldFacts(tables, open, {
    workspace,
    things,
    types: ['IncidentReported', ...(actions ? ['ContainmentDone', 'CorrectiveActionDone'] : []), ...(closing ? ['IncidentClosed'] : [])],
    fields: ['title', 'action', 'rootCause', 'lessons'],
  })
  const byThing = Map.groupBy(told, ({ thing }) => thing)
  const systems = rows.flatMap((row) => Object.keys(JSON.parse(row.systems)))
  const names = await thingNames(
    tables,
    workspace,
    systems.map((system) => `aisystem:${system}`),
  )
  const zone = await legalTimeZoneOf(tables, workspace)
  return (row) => {
    const own = (byThing.get(`incident:${row.id}`) ?? []).sort((a, b) => a.version - b.version)
    return nodeOf(row, { told: own, names, zone, now: asking.now })
  }
}

interface BesideRow {
  readonly told: readonly ToldFact[]
  readonly names: ReadonlyMap<string, string>
  readonly zone: string
  readonly now: string
}

function nodeOf(row: Row, { told, names, zone, now }: BesideRow): IncidentNode {
  const { id, category, severity, status, event } = row
  const systems: Record<string, SystemProgress> = JSON.parse(row.systems)
  const notices: Notice[] = JSON.parse(row.notices)
  const report = told.find(({ type }) => type === 'IncidentReported')
  const closing = row.closed === null ? undefined : told.findLast(({ type }) => type === 'IncidentClosed')
  return {
    id,
    title: wordIn(report?.told ?? {}, 'title'),
    category,
    severity,
    status,
    occurredAt: instantOf(row.occurred),
    awareAt: instantOf(row.aware),
    reportedAt: instantOf(row.reported),
    closedAt: instantOrNull(row.closed),
    systems: Object.entries(systems).map(([system, state]) => ({
      system,
      name: names.get(`aisystem:${system}`) ?? null,
      state,
      actions: told.filter(({ content }) => content.system === system).map(actionOf),
    })),
    deadlines: incidentDeadlines(row, notices, zone).map((deadline) => ({ ...deadline, overdue: isOverdue(deadline, now) })),
    notifications: notices.map(({ authority, kind, reference, at, event: of }) => ({
      authority,
      kind,
      reference,
      at: instantOf(at),
      event: of,
    })),
    rootCause: wordIn(closing?.told ?? {}, 'rootCause'),
    lessons: wordIn(closing?.told ?? {}, 'lessons'),
    event,
    streamVersion: String(row.version),
  }
}

function actionOf({ type, content, told, occurred, event }: ToldFact): IncidentSystemNode['actions'][number] {
  const kind = type === 'ContainmentDone' ? 'contained' : (wordIn(content, 'kind') ?? 'corrected')
  return { kind, action: wordIn(told, 'action'), at: wordIn(content, 'completedAt') ?? instantOf(occurred), event }
}
