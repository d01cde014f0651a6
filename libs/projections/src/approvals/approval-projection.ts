import type { ViewTables } from '../read-model/read-model.ts'
import type { FactTables } from '../registers/fact-tables.ts'
import { type Fact, factsOf, idOf, thingsOf } from '../registers/facts.ts'
import type { Issue } from '../registers/issues.ts'
import { type EventContent, numberIn, wordIn, wordsIn } from '../registers/register-event.ts'
import type { ApprovalTables, Vote } from './approval-tables.ts'

type Tables = ViewTables<ApprovalTables & FactTables>

const types = new Set(['ApprovalRequested', 'ApprovalGiven', 'ApprovalRefused', 'ApprovalWithdrawn', 'ApprovalGranted', 'ApprovalLapsed'])

export async function refreshApprovals(tables: Tables, changed: readonly Fact[]): Promise<Issue[]> {
  const issues: Issue[] = []
  for (const { workspace, thing } of thingsOf(changed, types)) {
    const issue = await saveApproval(tables, await factsOf(tables, workspace, thing))
    if (issue !== null) issues.push(issue)
  }
  return issues
}

/** A grant is known even where its request is not. */
async function saveApproval(tables: Tables, facts: readonly Fact[]): Promise<Issue | null> {
  const first = (type: string) => facts.find((fact) => fact.type === type)
  const granted = first('ApprovalGranted')
  const asked = first('ApprovalRequested') ?? granted
  if (asked === undefined) return null
  const ended = facts.find(({ type }) => type === 'ApprovalRefused' || type === 'ApprovalWithdrawn')
  const { workspace, content, actor, at, event } = asked
  const id = idOf(asked.thing)
  const status = statusOf(ended, granted)
  const systems = systemsOf(content)
  const [before] = await tables.lookUp('approval', ['status', 'systems'], { workspace, id })
  const expires = Date.parse(wordIn(content, 'expiresAt') ?? '')
  const approvers = wordsIn(content, 'approvers')
  const row = {
    workspace,
    id,
    subject: wordIn(content, 'subject') ?? '',
    subject_version: numberIn(content, 'subjectVersion') ?? 0,
    gate: wordIn(content, 'gate'),
    status,
    requesters: JSON.stringify([idOf(actor), wordIn(content, 'requester')].filter((person) => person !== null)),
    requester: actor,
    requested: at,
    expires,
    quorum: numberIn(content, 'quorum') ?? approvers.length,
    approvers: JSON.stringify(approvers),
    given: JSON.stringify(facts.filter(({ type }) => type === 'ApprovalGiven').map(voteOf)),
    granted: granted?.occurred ?? null,
    ended: ended?.occurred ?? null,
    refuser: ended?.type === 'ApprovalRefused' ? idOf(ended.actor) : null,
    systems: JSON.stringify(systems),
    event,
  }
  const columns = COLUMNS.map((column) => row[column])
  await tables.upsert('approval', COLUMNS, [columns])
  return {
    workspace,
    kind: 'approval',
    thing: `approval:${id}`,
    before: before?.status === 'PENDING' ? JSON.parse(before.systems) : [],
    now: status === 'PENDING' ? systems : [],
    until: expires,
  }
}

const COLUMNS = [
  'workspace',
  'id',
  'subject',
  'subject_version',
  'gate',
  'status',
  'requesters',
  'requester',
  'requested',
  'expires',
  'quorum',
  'approvers',
  'given',
  'granted',
  'ended',
  'refuser',
  'systems',
  'event',
] as const

/** Those that it names, and the one that is itself to be approved. */
function systemsOf(content: EventContent): string[] {
  const subject = wordIn(content, 'subject') ?? ''
  const own = subject.startsWith('aisystem:') ? [idOf(subject)] : []
  return [...new Set([...wordsIn(content, 'systems'), ...own])]
}

function statusOf(ended: Fact | undefined, granted: Fact | undefined): ApprovalTables['approval']['status'] {
  if (ended?.type === 'ApprovalRefused') return 'REFUSED'
  if (ended !== undefined) return 'WITHDRAWN'
  return granted === undefined ? 'PENDING' : 'GRANTED'
}

function voteOf({ actor, at, event }: Fact): Vote {
  return { person: idOf(actor), at, event }
}
