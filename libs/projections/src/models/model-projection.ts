import type { ViewTables } from '../read-model/read-model.ts'
import type { FactTables } from '../registers/fact-tables.ts'
import { FACT, type Fact, factOf, idOf, lastFact, thingsOf } from '../registers/facts.ts'
import { foldText } from '../registers/fold-text.ts'
import { wordIn, wordsIn } from '../registers/register-event.ts'
import { mergeTally, NOTHING_COUNTED, TALLY, type Tallies } from '../registers/tallies.ts'
import { currentDeployments, replacesAll } from './current-deployments.ts'
import type { ModelTables } from './model-tables.ts'

type Tables = ViewTables<ModelTables & FactTables>

export async function countModels(tables: Tables, tallies: Tallies): Promise<void> {
  const rows = tallies.rows().map((row) => [...row, 0])
  if (rows.length > 0) await tables.upsert('model', ['workspace', 'id', ...TALLY, 'drift'], rows, { ...mergeTally, drift: 'sum' })
}

const deploys = new Set(['VersionDeployed', 'VersionRolledBack'])
const described = new Set(['ModelRegistered', 'StageEntered', 'ModelRetired'])
const used = new Set(['ModelRegistered', 'ModelRetired', ...deploys])

export async function refreshModels(tables: Tables, changed: readonly Fact[]): Promise<void> {
  for (const { workspace, thing } of thingsOf(changed, described)) await describeModel(tables, workspace, thing)
  for (const place of await placesOf(tables, changed)) await refreshDeployments(tables, place)
  for (const { workspace, thing } of thingsOf(changed, used)) await refreshUse(tables, workspace, thing)
}

async function describeModel(tables: Tables, workspace: string, thing: string): Promise<void> {
  const registered = await lastFact(tables, { workspace, thing, type: 'ModelRegistered' })
  const retired = await lastFact(tables, { workspace, thing, type: 'ModelRetired' })
  const content = registered?.content ?? {}
  const id = idOf(thing)
  const name = wordIn(content, 'name') ?? id
  const row = {
    name,
    folded: `${foldText(name)} ${id}`,
    task: wordIn(content, 'task'),
    owner: wordIn(content, 'owner'),
    stage: await lastStage(tables, workspace, thing),
    registered: registered?.occurred ?? null,
    retired: retired?.occurred ?? null,
  }
  const columns = ['name', 'folded', 'task', 'owner', 'stage', 'registered', 'retired'] as const
  await tables.upsert(
    'model',
    ['workspace', 'id', ...columns, ...TALLY, 'drift'],
    [[workspace, id, ...columns.map((column) => row[column]), ...NOTHING_COUNTED, 0]],
    { ...mergeTally, drift: 'sum' },
  )
}

async function lastStage(tables: Tables, workspace: string, thing: string): Promise<string | null> {
  const [row] = await tables.lookUp('fact', FACT, { workspace, thing, type: 'StageEntered' }, { by: ['occurred', 'version'], limit: 1 })
  return row ? wordIn(factOf(row).content, 'stage') : null
}

interface Place {
  readonly workspace: string
  readonly thing: string
  readonly environment: string
}

/** Where something may have been deployed or taken away: a retirement names no environment, and ends in all. */
async function placesOf(tables: Tables, changed: readonly Fact[]): Promise<Place[]> {
  const places = changed
    .filter(({ type }) => deploys.has(type))
    .map(({ workspace, thing, key }) => ({ workspace, thing, environment: key }))
  for (const { workspace, thing } of thingsOf(changed, new Set(['ModelRetired']))) {
    const rows = await tables.lookUp('deployment', ['environment'], { workspace, model: idOf(thing) })
    places.push(...rows.map(({ environment }) => ({ workspace, thing, environment })))
  }
  return [...new Map(places.map((place) => [`${place.workspace} ${place.thing} ${place.environment}`, place])).values()]
}

async function refreshDeployments(tables: Tables, place: Place): Promise<void> {
  const { workspace, thing, environment } = place
  const model = idOf(thing)
  const retired = await tables.lookUp('fact', FACT, { workspace, thing, type: 'ModelRetired' })
  const facts = [...(await lastDeployments(tables, place)), ...retired.map(factOf)]
  const current = currentDeployments(facts.sort((a, b) => a.occurred - b.occurred || a.version - b.version))
  await tables.remove('deployment', { workspace, model, environment })
  await tables.insert(
    'deployment',
    ['workspace', 'model', 'environment', 'version', 'share', 'since', 'event', 'approval', 'systems'],
    current.map(({ version, share, since, event, approval, systems }) => [
      workspace,
      model,
      environment,
      version,
      share,
      since,
      event,
      approval,
      JSON.stringify(systems),
    ]),
  )
}

const AT_ONCE = 100

/** Back to the last one that left nothing of what was before, oldest first. */
async function lastDeployments(tables: Tables, { workspace, thing, environment }: Place): Promise<Fact[]> {
  const found: Fact[] = []
  for (;;) {
    const before = found.at(-1)
    const rows = await tables.query
      .selectFrom('fact')
      .select(FACT)
      .where('workspace', '=', workspace)
      .where('thing', '=', thing)
      .where('type', 'in', [...deploys])
      .where('key', '=', environment)
      .$if(before !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('occurred', 'version'), '<', tuple(before?.occurred ?? 0, before?.version ?? 0)),
        ),
      )
      .orderBy('occurred', 'desc')
      .orderBy('version', 'desc')
      .limit(AT_ONCE)
      .execute()
    for (const row of rows) {
      const fact = factOf(row)
      found.push(fact)
      if (replacesAll(fact)) return found.reverse()
    }
    if (rows.length < AT_ONCE) return found.reverse()
  }
}

async function refreshUse(tables: Tables, workspace: string, thing: string): Promise<void> {
  const model = idOf(thing)
  const registered = await lastFact(tables, { workspace, thing, type: 'ModelRegistered' })
  const deployed = await tables.lookUp('deployment', ['systems'], { workspace, model })
  const systems = new Set(wordsIn(registered?.content ?? {}, 'systems'))
  for (const row of deployed) for (const system of JSON.parse(row.systems)) systems.add(String(system))
  await tables.remove('use', { workspace, model })
  await tables.insert(
    'use',
    ['workspace', 'system', 'model'],
    [...systems].map((system) => [workspace, system, model]),
  )
}
