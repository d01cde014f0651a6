import { sql } from 'kysely'
import type { OpenEvents } from '../audit-trail/text-projection.ts'
import { type ActorNode, actorNode } from '../registers/actor-node.ts'
import { foldText } from '../registers/fold-text.ts'
import { wordIn } from '../registers/register-event.ts'
import {
  behindCursor,
  countFound,
  instantOf,
  type PageRequest,
  pageOf,
  type RegisterCount,
  type RegisterPage,
} from '../registers/register-page.ts'
import type { Asking, Tables } from '../registers/register-reader.ts'
import { thingNames } from '../registers/thing-names.ts'
import { type ToldFact, toldFacts } from '../registers/told-events.ts'
import { type ApprovalStatus, hasStatus, statusAt, type Voter, voteRefusal } from './approval-status.ts'
import type { ApprovalTables, Vote } from './approval-tables.ts'

export interface ApprovalFilter {
  readonly status?: readonly ApprovalStatus[]
  /** Those on which the one who asks may decide now. */
  readonly mine?: boolean
  readonly subject?: string
  readonly system?: string
  /** A part of the id, of the subject or of what people call it. */
  readonly search?: string
}

/** `Approval` of the API. */
export interface ApprovalNode {
  readonly id: string
  readonly subject: string
  readonly subjectName: string | null
  readonly subjectVersion: string
  readonly gate: string | null
  readonly status: ApprovalStatus
  readonly inForce: boolean
  readonly notInForceBecause: 'expired' | 'subject_changed' | 'withdrawn' | null
  /** When the subject changed materially behind the version that was asked for. */
  readonly subjectChangedAt: string | null
  readonly requestedBy: ActorNode
  /** The person for whom a service asked. */
  readonly onBehalfOf: string | null
  readonly requestedAt: string
  readonly expiresAt: string
  readonly quorum: number
  readonly approvers: readonly string[]
  readonly given: readonly { readonly person: string; readonly at: string; readonly event: string }[]
  readonly refusedBy: string | null
  /** Why it was asked for, and why it was refused or withdrawn, as far as it may still be read. */
  readonly reason: string | null
  readonly endReason: string | null
  readonly systems: readonly string[]
  readonly mayDecide: boolean
  readonly mayNotBecause: string | null
  readonly event: string
}

const NEWEST = { column: 'requested', direction: 'desc' } as const

export interface ApprovalDesk {
  readonly tables: Tables
  readonly open: OpenEvents
  readonly asking: Asking
  readonly voter: Voter
}

export async function approvalsPage(
  desk: ApprovalDesk,
  filter: ApprovalFilter,
  { after, limit }: PageRequest,
): Promise<RegisterPage<ApprovalNode>> {
  const rows = await matching(desk, filter)
    .selectAll()
    .where(behindCursor(NEWEST, after))
    .orderBy('requested', 'desc')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const nodes = await nodesOf(desk, rows.slice(0, limit))
  return pageOf(
    rows.map((row, i) => ({ ...row, node: nodes[i] })),
    limit,
    ({ requested }) => requested,
    ({ node }) => node ?? missing(),
  )
}

function missing(): never {
  throw new Error('expected an approval for each row, found less')
}

export async function countApprovalsFound(desk: ApprovalDesk, filter: ApprovalFilter): Promise<RegisterCount> {
  return countFound(desk.tables, matching(desk, filter).select('id'))
}

export async function approvalOf(desk: ApprovalDesk, id: string): Promise<ApprovalNode | null> {
  const row = await desk.tables.query
    .selectFrom('approval')
    .selectAll()
    .where('workspace', '=', desk.asking.workspace)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? ((await nodesOf(desk, [row]))[0] ?? null) : null
}

const SUBJECT = sql.ref<string>('approval.subject')

function matching({ tables, asking, voter }: ApprovalDesk, { status, mine, subject, system, search }: ApprovalFilter) {
  let query = tables.query.selectFrom('approval').where('workspace', '=', asking.workspace)
  if (status !== undefined) query = query.where(hasStatus(status, Date.parse(asking.now)))
  if (subject !== undefined) query = query.where('subject', '=', subject)
  if (search !== undefined) {
    const part = foldText(search)
    const named = (type: 'aisystem:' | 'model:') => sql<string>`case when instr(${SUBJECT}, ${type}) = 1
      then substr(${SUBJECT}, ${type.length + 1}, coalesce(nullif(instr(${SUBJECT}, '@'), 0), 1000) - ${type.length + 1}) end`
    query = query.where(({ or, exists, selectFrom }) =>
      or([
        tables.contains('approval.id', part),
        tables.contains('approval.subject', part),
        exists(
          selectFrom('system')
            .select('system.id')
            .whereRef('system.workspace', '=', 'approval.workspace')
            .where('system.id', '=', named('aisystem:'))
            .where(tables.contains('system.folded', part)),
        ),
        exists(
          selectFrom('model')
            .select('model.id')
            .whereRef('model.workspace', '=', 'approval.workspace')
            .where('model.id', '=', named('model:'))
            .where(tables.contains('model.folded', part)),
        ),
      ]),
    )
  }
  if (system !== undefined) query = query.where(tables.contains('systems', JSON.stringify(system)))
  if (mine !== undefined) {
    const person = JSON.stringify(voter.id)
    const involved = [tables.contains('requesters', person), tables.contains('given', person)]
    query = query.where(({ and, or, not }) => {
      const may = and([
        hasStatus(voter.mayVote ? ['PENDING'] : [], Date.parse(asking.now)),
        tables.contains('approvers', person),
        not(or(involved)),
      ])
      return mine ? may : not(may)
    })
  }
  return query
}

async function nodesOf(
  { tables, open, asking, voter }: ApprovalDesk,
  rows: readonly ApprovalTables['approval'][],
): Promise<ApprovalNode[]> {
  const things = rows.map(({ id }) => `approval:${id}`)
  const told = await toldFacts(tables, open, {
    workspace: asking.workspace,
    things,
    types: ['ApprovalRequested', 'ApprovalRefused', 'ApprovalWithdrawn'],
    fields: ['reason'],
  })
  const byThing = Map.groupBy(told, ({ thing }) => thing)
  const names = await thingNames(
    tables,
    asking.workspace,
    rows.map(({ subject }) => subject),
  )
  const now = Date.parse(asking.now)
  return rows.map((row) => nodeOf(row, { told: byThing.get(`approval:${row.id}`) ?? [], names, now, voter }))
}

interface BesideRow {
  readonly told: readonly ToldFact[]
  readonly names: ReadonlyMap<string, string>
  readonly now: number
  readonly voter: Voter
}

function nodeOf(row: ApprovalTables['approval'], { told, names, now, voter }: BesideRow): ApprovalNode {
  const status = statusAt(row, now)
  const because = voteRefusal(row, status, voter)
  const given: Vote[] = JSON.parse(row.given)
  const requestedBy = actorNode(row.requester)
  const requesters: string[] = JSON.parse(row.requesters)
  const asked = told.find(({ type }) => type === 'ApprovalRequested')
  const ended = told.find(({ type }) => type !== 'ApprovalRequested')
  return {
    id: row.id,
    subject: row.subject,
    subjectName: names.get(row.subject) ?? null,
    subjectVersion: String(row.subject_version),
    gate: row.gate,
    status,
    inForce: status === 'GRANTED',
    notInForceBecause: whyNotInForce(row, status, now),
    subjectChangedAt: row.changed !== null && row.changed <= now ? instantOf(row.changed) : null,
    requestedBy,
    onBehalfOf: requesters.find((person) => person !== requestedBy.id) ?? null,
    requestedAt: instantOf(row.requested),
    expiresAt: instantOf(row.expires),
    quorum: row.quorum,
    approvers: JSON.parse(row.approvers),
    given: given.map(({ person, at, event }) => ({ person, at: instantOf(at), event })),
    refusedBy: row.refuser,
    reason: wordIn(asked?.told ?? {}, 'reason'),
    endReason: wordIn(ended?.told ?? {}, 'reason'),
    systems: JSON.parse(row.systems),
    mayDecide: because === null,
    mayNotBecause: because,
    event: row.event,
  }
}

/** Of an approval that was granted and isn't in force. */
function whyNotInForce(
  { granted, changed }: ApprovalTables['approval'],
  status: ApprovalStatus,
  now: number,
): ApprovalNode['notInForceBecause'] {
  if (granted === null || status === 'GRANTED') return null
  if (status === 'WITHDRAWN') return 'withdrawn'
  return changed !== null && changed <= now ? 'subject_changed' : 'expired'
}
