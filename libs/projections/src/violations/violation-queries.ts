import type { OpenEvents } from '../audit-trail/text-projection.ts'
import { type ActorNode, actorNode } from '../registers/actor-node.ts'
import { wordIn } from '../registers/register-event.ts'
import {
  behindCursor,
  countFound,
  firstSystem,
  instantOf,
  instantOrNull,
  type PageRequest,
  pageOf,
  type RegisterCount,
  type RegisterPage,
} from '../registers/register-page.ts'
import type { Asking, Tables } from '../registers/register-reader.ts'
import { thingNames } from '../registers/thing-names.ts'
import { toldFacts } from '../registers/told-events.ts'

export interface ViolationFilter {
  readonly open?: boolean
  readonly rule?: string
  readonly system?: string
  /** A part of the rule's words or of the subject. */
  readonly search?: string
}

/** `Violation` of the API. */
export interface ViolationNode {
  readonly id: string
  readonly rule: string
  readonly subject: string
  readonly subjectName: string | null
  readonly system: string | null
  readonly systemName: string | null
  readonly systems: readonly string[]
  readonly recordedAt: string
  readonly cause: string
  readonly resolvedAt: string | null
  readonly resolvedBy: ActorNode | null
  /** What whoever resolved it wrote, as far as it may still be read. */
  readonly reason: string | null
  readonly event: string
}

const NEWEST = { column: 'recorded', direction: 'desc' } as const

export async function violationsPage(
  tables: Tables,
  open: OpenEvents,
  { workspace, filter, after, limit }: Pick<Asking, 'workspace'> & { readonly filter: ViolationFilter } & PageRequest,
): Promise<RegisterPage<ViolationNode>> {
  const rows = await matching(tables, workspace, filter)
    .selectAll()
    .where(behindCursor(NEWEST, after))
    .orderBy('recorded', 'desc')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const things = rows.map(({ id }) => `policy:violation~${id}`)
  const told = await toldFacts(tables, open, { workspace, things, types: ['ViolationResolved'], fields: ['reason'] })
  const reasons = new Map(told.map((fact) => [fact.thing, wordIn(fact.told, 'reason')]))
  const found = rows.map((row) => ({ ...row, system: firstSystem(row.systems) }))
  const concerned = found.flatMap(({ subject, system }) => (system === null ? [subject] : [subject, `aisystem:${system}`]))
  const names = await thingNames(tables, workspace, concerned)
  return pageOf(
    found,
    limit,
    ({ recorded }) => recorded,
    ({ id, rule, subject, system, systems, recorded, cause, resolved, resolver, event }) => ({
      id,
      rule,
      subject,
      subjectName: names.get(subject) ?? null,
      system,
      systemName: system === null ? null : (names.get(`aisystem:${system}`) ?? null),
      systems: JSON.parse(systems),
      recordedAt: instantOf(recorded),
      cause,
      resolvedAt: instantOrNull(resolved),
      resolvedBy: resolver === null ? null : actorNode(resolver),
      reason: reasons.get(`policy:violation~${id}`) ?? null,
      event,
    }),
  )
}

export async function countViolationsFound(tables: Tables, { workspace }: Asking, filter: ViolationFilter): Promise<RegisterCount> {
  return countFound(tables, matching(tables, workspace, filter).select('id'))
}

function matching(tables: Tables, workspace: string, { open, rule, system, search }: ViolationFilter) {
  let query = tables.query.selectFrom('violation').where('workspace', '=', workspace)
  if (open !== undefined) query = query.where('resolved', open ? 'is' : 'is not', null)
  const part = search?.toLowerCase()
  if (part !== undefined)
    query = query.where(({ or }) => or([tables.contains('rule', part.replaceAll(' ', '-')), tables.contains('subject', part)]))
  if (rule !== undefined) query = query.where('rule', '=', rule)
  if (system !== undefined) query = query.where(tables.contains('systems', JSON.stringify(system)))
  return query
}
