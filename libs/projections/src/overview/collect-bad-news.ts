import { endOfDay } from '@annal/domain'
import { sql } from 'kysely'
import type { OpenEvents } from '../audit-trail/text-projection.ts'
import { wordIn } from '../registers/register-event.ts'
import { firstSystem, instantOf } from '../registers/register-page.ts'
import { type Asking, inForceFor, type Tables } from '../registers/register-reader.ts'
import { toldFacts } from '../registers/told-events.ts'
import type { News } from './bad-news.ts'

/** As many of each kind are looked at. */
const MOST_OF_A_KIND = 60

export interface NewsDesk {
  readonly tables: Tables
  readonly open: OpenEvents
  readonly asking: Asking
  readonly legalTimeZone: string
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const incidentSeverity: Readonly<Record<string, number>> = { critical: 75, high: 70, medium: 60, low: 50 }

/** Those that are open, and those of which an authority wasn't told in time, closed or not. */
function badIncidents({ tables, asking: { workspace, now } }: NewsDesk) {
  return tables.query
    .selectFrom('incident')
    .where('workspace', '=', workspace)
    .where(({ eb, or }) => or([eb('closed', 'is', null), eb('due', '<=', Date.parse(now))]))
}

export async function countIncidentNews(desk: NewsDesk): Promise<number> {
  const { count } = await badIncidents(desk)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function incidentNews(desk: NewsDesk): Promise<News[]> {
  const { tables, open, asking } = desk
  const { workspace } = asking
  const now = Date.parse(asking.now)
  const rows = await badIncidents(desk)
    .selectAll()
    .orderBy(({ fn, val }) => fn.coalesce('due', val(Number.MAX_SAFE_INTEGER)))
    .orderBy('reported', 'desc')
    .limit(MOST_OF_A_KIND)
    .execute()
  const things = rows.map(({ id }) => `incident:${id}`)
  const reports = await toldFacts(tables, open, { workspace, things, types: ['IncidentReported'], fields: ['title'] })
  const titles = new Map(reports.map(({ event, told }) => [event, wordIn(told, 'title')]))
  return rows.map(({ id, severity, systems, aware, due, event }) => {
    const overdue = due !== null && due <= now
    return {
      kind: overdue ? 'OVERDUE_CLOCK' : 'OPEN_INCIDENT',
      severity: overdue ? 90 : (incidentSeverity[severity] ?? 50),
      title: () => titles.get(event) ?? id,
      system: Object.keys(JSON.parse(systems))[0] ?? null,
      since: instantOf(aware),
      due: due === null ? null : instantOf(due),
      event,
      thing: `incident:${id}`,
    }
  })
}

export async function violationNews({ tables, asking }: NewsDesk): Promise<News[]> {
  const rows = await tables.query
    .selectFrom('violation')
    .selectAll()
    .where('workspace', '=', asking.workspace)
    .where('resolved', 'is', null)
    .orderBy('recorded', 'desc')
    .limit(MOST_OF_A_KIND)
    .execute()
  return rows.map(({ id, rule, subject, systems, recorded, event }) => ({
    kind: 'VIOLATION',
    severity: 80,
    title: (name) => capitalised(`${rule.replaceAll('-', ' ')}: ${name}`),
    subject,
    system: firstSystem(systems),
    since: instantOf(recorded),
    due: null,
    event,
    thing: `violation:${id}`,
  }))
}

export async function driftNews({ tables, asking }: NewsDesk): Promise<News[]> {
  const rows = await tables.query
    .selectFrom('drift')
    .selectAll()
    .where('workspace', '=', asking.workspace)
    .where('resolved', 'is', null)
    .orderBy('detected', 'desc')
    .limit(MOST_OF_A_KIND)
    .execute()
  return rows.map(({ model, version, metric, kind, value, threshold, detected, systems, event }) => ({
    kind: 'DRIFT',
    severity: 40,
    title: (name) => capitalised(`${kind} drift of ${name}: ${metric} ${value ?? '?'}, bound ${threshold ?? '?'}`),
    subject: `model:${model}@${version}`,
    system: firstSystem(systems),
    since: instantOf(detected),
    due: null,
    event,
    thing: `model:${model}@${version}`,
  }))
}

/** A lapsed approval is bad news where what it was about is still deployed and no other approval is in force. */
export async function approvalNews({ tables, asking }: NewsDesk): Promise<News[]> {
  const now = Date.parse(asking.now)
  const rows = await tables.query
    .selectFrom('approval')
    .selectAll()
    .where('workspace', '=', asking.workspace)
    .where('status', '=', 'GRANTED')
    .where('subject', 'like', 'model:%@%')
    .where(({ eb, or }) => or([eb('expires', '<=', now), eb('changed', '<=', now)]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('deployment')
          .select('deployment.model')
          .whereRef('deployment.workspace', '=', 'approval.workspace')
          .where('deployment.model', '=', partOfSubject('model'))
          .where('deployment.version', '=', partOfSubject('version')),
      ),
    )
    .orderBy('expires', 'desc')
    .limit(MOST_OF_A_KIND)
    .execute()
  const news = new Map<string, News>()
  for (const { id, subject, systems, expires, changed, event } of rows) {
    if (news.has(subject) || (await inForceFor(tables, asking, subject)) !== null) continue
    news.set(subject, {
      kind: 'APPROVAL_LAPSED',
      severity: 55,
      title: (name) => name,
      subject,
      system: firstSystem(systems),
      since: instantOf(Math.min(expires, changed ?? expires)),
      due: null,
      event,
      thing: `approval:${id}`,
    })
  }
  return [...news.values()]
}

/** Of `model:cs@7`; something that no model or version is called, of any other subject. */
function partOfSubject(part: 'model' | 'version') {
  const subject = sql.ref<string>('approval.subject')
  const at = sql<number>`instr(${subject}, '@')`
  return part === 'version' ? sql<string>`substr(${subject}, ${at} + 1)` : sql<string>`substr(${subject}, 7, ${at} - 7)`
}

/** `soon`: the last date that counts as soon. */
export async function evidenceNews({ tables, asking, legalTimeZone }: NewsDesk, today: string, soon: string): Promise<News[]> {
  const rows = await tables.query
    .selectFrom('evidence')
    .selectAll()
    .where('workspace', '=', asking.workspace)
    .where('until', '<=', soon)
    .orderBy('until')
    .limit(MOST_OF_A_KIND)
    .execute()
  return rows.map(({ thing, systems, until, occurred, event, title }) => ({
    kind: until < today ? 'EVIDENCE_EXPIRED' : 'EVIDENCE_EXPIRING',
    severity: until < today ? 45 : 20,
    title: () => title,
    system: firstSystem(systems),
    since: instantOf(occurred),
    due: endOfDay(until, legalTimeZone),
    event,
    thing,
  }))
}
