import { approvedThings, eventTypes, evolveApprovals, noApprovals, type RecordedFact, type ThingApprovals } from '@annal/domain'
import type { ViewTables } from '../read-model/read-model.ts'
import { contentOf, type RegisterEvent } from '../registers/register-event.ts'
import type { ApprovalTables } from './approval-tables.ts'

type Tables = ViewTables<ApprovalTables>

/** Types that may begin or end an approval. */
const bearOnApprovals = new Set(
  eventTypes.flatMap(({ name, stream, material }) => (stream === 'approval' || material || name === 'EventCorrected' ? [name] : [])),
)

interface Subject {
  readonly workspace: string
  readonly subject: string
  readonly before: ThingApprovals
  state: ThingApprovals
}

/** Folds the batch into what is approved, in the order of the record, as the domain says. */
export async function evolveSubjects(tables: Tables, events: readonly RegisterEvent[]): Promise<void> {
  const subjects = new Map<string, Subject>()
  for (const event of events) {
    const { type } = event.recorded
    if (!bearOnApprovals.has(type)) continue
    const fact = recordedFact(event)
    for (const thing of approvedThings(fact)) {
      const subject = subjects.get(`${event.workspace} ${thing}`) ?? (await subjectOf(tables, event.workspace, thing))
      subject.state = evolveApprovals(subject.state, fact)
      subjects.set(`${event.workspace} ${thing}`, subject)
    }
  }
  for (const subject of subjects.values()) await saveSubject(tables, subject)
}

function recordedFact({ recorded, workspace, actor, occurred, at }: RegisterEvent): RecordedFact {
  const { id, type, stream, streamVersion } = recorded
  const [kind, ...rest] = actor.split(':')
  return {
    id,
    type,
    workspace,
    stream,
    streamVersion,
    occurredAt: new Date(occurred).toISOString(),
    recordedAt: new Date(at).toISOString(),
    actor: { kind: kind === 'person' ? 'person' : 'service', id: rest.join(':') },
    data: contentOf(recorded),
  }
}

async function subjectOf(tables: Tables, workspace: string, subject: string): Promise<Subject> {
  const [row] = await tables.lookUp('approved', ['state'], { workspace, subject })
  const state: ThingApprovals = row ? JSON.parse(row.state) : noApprovals
  return { workspace, subject, before: state, state }
}

async function saveSubject(tables: Tables, { workspace, subject, before, state }: Subject): Promise<void> {
  await tables.upsert('approved', ['workspace', 'subject', 'state'], [[workspace, subject, JSON.stringify(state)]])
  const known = new Map(before.approvals.map(({ approval, change }) => [approval, change?.occurredAt ?? null]))
  for (const { approval, change } of state.approvals) {
    const at = change?.occurredAt ?? null
    if (at === (known.get(approval) ?? null)) continue
    await tables.query
      .updateTable('approval')
      .set({ changed: at === null ? null : Date.parse(at) })
      .where('workspace', '=', workspace)
      .where('id', '=', approval)
      .execute()
  }
}
