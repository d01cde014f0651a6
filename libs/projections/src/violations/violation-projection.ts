import type { ViewTables } from '../read-model/read-model.ts'
import type { FactTables } from '../registers/fact-tables.ts'
import { type Fact, idOf, lastFact, thingsOf } from '../registers/facts.ts'
import type { Issue } from '../registers/issues.ts'
import { wordIn, wordsIn } from '../registers/register-event.ts'
import type { ViolationTables } from './violation-tables.ts'

type Tables = ViewTables<ViolationTables & FactTables>

const types = new Set(['ViolationRecorded', 'ViolationResolved'])

export async function refreshViolations(tables: Tables, changed: readonly Fact[]): Promise<Issue[]> {
  const issues: Issue[] = []
  for (const { workspace, thing } of thingsOf(changed, types)) {
    const recorded = await lastFact(tables, { workspace, thing, type: 'ViolationRecorded' })
    if (recorded === null) continue
    const resolved = await lastFact(tables, { workspace, thing, type: 'ViolationResolved' })
    issues.push(await saveViolation(tables, recorded, resolved))
  }
  return issues
}

async function saveViolation(tables: Tables, recorded: Fact, resolved: Fact | null): Promise<Issue> {
  const { workspace, content, at, event } = recorded
  const id = wordIn(content, 'violation') ?? idOf(recorded.thing)
  const systems = concerned(recorded)
  const cause = wordIn(content, 'event') ?? ''
  const [before] = await tables.lookUp('violation', ['resolved', 'systems'], { workspace, id })
  await tables.upsert(
    'violation',
    ['workspace', 'id', 'rule', 'subject', 'systems', 'recorded', 'cause', 'event', 'resolved', 'resolver'],
    [
      [
        workspace,
        id,
        wordIn(content, 'rule') ?? '',
        wordIn(content, 'subject') ?? '',
        JSON.stringify(systems),
        at,
        cause.slice(cause.lastIndexOf('/') + 1),
        event,
        resolved?.at ?? null,
        resolved?.actor ?? null,
      ],
    ],
  )
  return {
    workspace,
    kind: 'violation',
    thing: `violation:${id}`,
    before: before?.resolved === null ? JSON.parse(before.systems) : [],
    now: resolved === null ? systems : [],
  }
}

/** Those that it names, or the one that broke the rule. */
function concerned({ content }: Fact): string[] {
  const subject = wordIn(content, 'subject') ?? ''
  const systems = wordsIn(content, 'systems')
  return systems.length === 0 && subject.startsWith('aisystem:') ? [idOf(subject)] : systems
}
