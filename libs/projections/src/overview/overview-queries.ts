import { dayOf } from '@annal/domain'
import { type ActivityDay, activityBetween } from '../activity/activity-queries.ts'
import type { Voter } from '../approvals/approval-status.ts'
import type { OpenEvents } from '../audit-trail/text-projection.ts'
import { legalTimeZoneOf } from '../registers/legal-time-zone.ts'
import type { Asking, Tables } from '../registers/register-reader.ts'
import { thingNames } from '../registers/thing-names.ts'
import { UNCLASSIFIED } from '../systems/system-queries.ts'
import { type BadNews, type News, worstFirst } from './bad-news.ts'
import { approvalNews, countIncidentNews, driftNews, evidenceNews, incidentNews, type NewsDesk, violationNews } from './collect-bad-news.ts'
import { type OverviewCounts, overviewCounts } from './overview-counts.ts'

/** `Overview` of the API. */
export interface Overview extends OverviewCounts {
  readonly badNews: readonly BadNews[]
  readonly more: number
  readonly activity: readonly ActivityDay[]
  readonly byRiskClass: readonly { readonly riskClass: string; readonly systems: number }[]
  readonly byBusinessUnit: readonly { readonly businessUnit: string; readonly systems: number }[]
}

const MOST_NEWS = 50
const DAY = 86_400_000
const SOON = 30 * DAY
const ACTIVE = 89 * DAY

export async function overviewOf(tables: Tables, open: OpenEvents, asking: Asking, voter: Voter): Promise<Overview> {
  const legalTimeZone = await legalTimeZoneOf(tables, asking.workspace)
  const desk: NewsDesk = { tables, open, asking, legalTimeZone }
  const now = Date.parse(asking.now)
  const today = dayOf(asking.now, legalTimeZone)
  const soon = dayOf(new Date(now + SOON).toISOString(), legalTimeZone)
  const counted = await overviewCounts(tables, asking, { voter, soon })
  const news = [
    ...(await incidentNews(desk)),
    ...(await violationNews(desk)),
    ...(await driftNews(desk)),
    ...(await approvalNews(desk)),
    ...(await evidenceNews(desk, today, soon)),
  ].sort(worstFirst)
  const { openViolations, driftAlerts, expiringEvidence } = counted
  const lapsed = news.filter(({ kind }) => kind === 'APPROVAL_LAPSED').length
  const all = (await countIncidentNews(desk)) + openViolations + driftAlerts + expiringEvidence + lapsed
  const shown = news.slice(0, MOST_NEWS)
  return {
    ...counted,
    badNews: await told(tables, asking.workspace, shown),
    more: all - shown.length,
    activity: await activityBetween(tables, asking, null, { from: utcDay(now - ACTIVE), to: utcDay(now) }),
    byRiskClass: (await systemsBy(tables, asking.workspace, 'risk')).map(([riskClass, systems]) => ({ riskClass, systems })),
    byBusinessUnit: (await systemsBy(tables, asking.workspace, 'unit')).map(([businessUnit, systems]) => ({ businessUnit, systems })),
  }
}

/** Systems in use, by a property of theirs; the most first. */
async function systemsBy(tables: Tables, workspace: string, column: 'risk' | 'unit'): Promise<[string, number][]> {
  const rows = await tables.query
    .selectFrom('system')
    .select(({ fn }) => [`${column} as word`, fn.countAll<number>().as('count')])
    .where('workspace', '=', workspace)
    .where('registered', 'is not', null)
    .where('retired', 'is', null)
    .groupBy(column)
    .orderBy('count', 'desc')
    .orderBy('word')
    .execute()
  return rows.map(({ word, count }) => [word ?? UNCLASSIFIED, Number(count)])
}

/** What is known of the things that it is about. */
async function told(tables: Tables, workspace: string, news: readonly News[]): Promise<BadNews[]> {
  const systems = [...new Set(news.flatMap(({ system }) => system ?? []))]
  const rows =
    systems.length === 0
      ? []
      : await tables.query
          .selectFrom('system')
          .select(['id', 'owner'])
          .where('workspace', '=', workspace)
          .where('id', 'in', systems)
          .execute()
  const owners = new Map(rows.map(({ id, owner }) => [id, owner]))
  const subjects = news.flatMap(({ subject }) => subject ?? [])
  const names = await thingNames(tables, workspace, [...subjects, ...systems.map((system) => `aisystem:${system}`)])
  return news.map(({ subject = '', title, ...piece }) => ({
    ...piece,
    title: title(names.get(subject) ?? subject),
    systemName: names.get(`aisystem:${piece.system ?? ''}`) ?? null,
    owner: owners.get(piece.system ?? '') ?? null,
  }))
}

function utcDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}
