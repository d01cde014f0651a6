import type { ViewTables } from '../read-model/read-model.ts'
import type { FactTables } from '../registers/fact-tables.ts'
import { type Fact, idOf, isLater, lastFact } from '../registers/facts.ts'
import type { Issue } from '../registers/issues.ts'
import { numberIn, wordIn, wordsIn } from '../registers/register-event.ts'
import type { ModelTables } from './model-tables.ts'

type Tables = ViewTables<ModelTables & FactTables>

const NONE: readonly string[] = []
const drifts = new Set(['DriftDetected', 'DriftResolved'])

/** A version's drift by a metric is open from its detection until one of that version and metric is resolved. */
export async function refreshDrift(tables: Tables, changed: readonly Fact[]): Promise<Issue[]> {
  const alerts = new Map(
    changed.filter(({ type }) => drifts.has(type)).map((fact) => [`${fact.workspace} ${fact.thing} ${fact.key}`, fact]),
  )
  const issues: Issue[] = []
  const models = new Map<string, { workspace: string; model: string }>()
  for (const fact of alerts.values()) {
    const { issue, opensOrCloses } = await refreshAlert(tables, fact)
    issues.push(issue)
    if (opensOrCloses) models.set(`${fact.workspace} ${fact.thing}`, { workspace: fact.workspace, model: idOf(fact.thing) })
  }
  for (const { workspace, model } of models.values()) await countDrift(tables, workspace, model)
  return issues
}

async function refreshAlert(tables: Tables, { workspace, thing, key }: Fact): Promise<{ issue: Issue; opensOrCloses: boolean }> {
  const space = key.indexOf(' ')
  const at = { workspace, model: idOf(thing), version: key.slice(0, space), metric: key.slice(space + 1) }
  const [before] = await tables.lookUp('drift', ['event', 'systems', 'resolved'], at)
  const detected = await lastFact(tables, { workspace, thing, type: 'DriftDetected', key })
  const resolved = await lastFact(tables, { workspace, thing, type: 'DriftResolved', key })
  const open = detected !== null && isLater(detected, resolved)
  const systems = detected === null ? NONE : wordsIn(detected.content, 'systems')
  if (detected === null) await tables.remove('drift', at)
  else
    await tables.upsert(
      'drift',
      ['workspace', 'model', 'version', 'metric', 'kind', 'value', 'threshold', 'detected', 'resolved', 'event', 'systems'],
      [
        [
          workspace,
          at.model,
          at.version,
          at.metric,
          wordIn(detected.content, 'kind') ?? '',
          numberIn(detected.content, 'value'),
          numberIn(detected.content, 'threshold'),
          detected.occurred,
          open ? null : (resolved?.occurred ?? null),
          detected.event,
          JSON.stringify(systems),
        ],
      ],
    )
  const wasOpen = before !== undefined && before.resolved === null
  const issue: Issue = {
    workspace,
    kind: 'drift',
    thing: `${thing} ${key}`,
    before: wasOpen ? JSON.parse(before.systems) : NONE,
    now: open ? systems : NONE,
  }
  return { issue, opensOrCloses: wasOpen !== open }
}

async function countDrift(tables: Tables, workspace: string, model: string): Promise<void> {
  const { count } = await tables.query
    .selectFrom('drift')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace', '=', workspace)
    .where('model', '=', model)
    .where('resolved', 'is', null)
    .executeTakeFirstOrThrow()
  await tables.query
    .updateTable('model')
    .set({ drift: Number(count) })
    .where('workspace', '=', workspace)
    .where('id', '=', model)
    .execute()
}
