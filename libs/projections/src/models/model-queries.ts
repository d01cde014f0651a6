import { FACT, type Fact, factOf, lastFact } from '../registers/facts.ts'
import { foldText } from '../registers/fold-text.ts'
import { partIn, wordIn, wordsIn } from '../registers/register-event.ts'
import {
  behindCursor,
  countFound,
  given,
  instantOf,
  instantOrNull,
  type NamedNumber,
  namedNumbers,
  type PageRequest,
  pageOf,
  type RegisterCount,
  type RegisterPage,
} from '../registers/register-page.ts'
import { type Asking, inForceFor, type Tables } from '../registers/register-reader.ts'
import type { ModelTables } from './model-tables.ts'

export interface ModelFilter {
  readonly search?: string
  readonly task?: string
  readonly owner?: string
  readonly stage?: string
  readonly system?: string
  readonly retired?: boolean
  readonly hasDrift?: boolean
}

/** `Model` of the API, but for what is asked for separately. */
export interface ModelNode {
  readonly id: string
  readonly name: string
  readonly task: string | null
  readonly owner: string | null
  readonly stage: string | null
  readonly registeredAt: string
  readonly retiredAt: string | null
  readonly lastEventAt: string | null
  readonly events: number
  readonly streamVersion: string
  readonly openDrift: number
}

/** `ModelVersion` of the API. */
export interface ModelVersionNode {
  readonly version: string
  readonly registeredAt: string
  readonly stage: string | null
  /** The digest of the artifact, or the provider's name of it. */
  readonly artifact: string | null
  readonly trainedOn: readonly string[]
  readonly derivedFrom: string | null
  readonly event: string
  readonly metrics: readonly NamedNumber[]
  readonly evaluations: readonly EvaluationNode[]
  readonly approvalInForce: boolean
  readonly approval: string | null
}

export interface EvaluationNode {
  readonly kind: string
  readonly passed: boolean | null
  readonly occurredAt: string
  readonly event: string
  readonly summary: string
}

const BY_NAME = { column: 'folded', direction: 'asc' } as const

export async function modelsPage(
  tables: Tables,
  { workspace }: Asking,
  filter: ModelFilter,
  { after, limit }: PageRequest,
): Promise<RegisterPage<ModelNode>> {
  const rows = await matching(tables, workspace, filter)
    .selectAll()
    .where(behindCursor(BY_NAME, after))
    .orderBy('folded')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ folded }) => folded, nodeOf)
}

export async function countModelsFound(tables: Tables, { workspace }: Asking, filter: ModelFilter): Promise<RegisterCount> {
  return countFound(tables, matching(tables, workspace, filter).select('id'))
}

export async function modelOf(tables: Tables, { workspace }: Asking, id: string): Promise<ModelNode | null> {
  const row = await tables.query
    .selectFrom('model')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .where('registered', 'is not', null)
    .executeTakeFirst()
  return row ? nodeOf(row) : null
}

function matching(tables: Tables, workspace: string, filter: ModelFilter) {
  const { search, task, owner, stage, system, retired, hasDrift } = filter
  let query = tables.query.selectFrom('model').where('workspace', '=', workspace).where('registered', 'is not', null)
  for (const [column, value] of given({ task, owner, stage })) query = query.where(column, '=', value)
  if (search !== undefined) query = query.where(tables.contains('folded', foldText(search)))
  if (retired !== undefined) query = query.where('retired', retired ? 'is not' : 'is', null)
  if (hasDrift !== undefined) query = query.where('drift', hasDrift ? '>' : '=', 0)
  if (system !== undefined)
    query = query.where('id', 'in', ({ selectFrom }) =>
      selectFrom('use').select('use.model').where('use.workspace', '=', workspace).where('use.system', '=', system),
    )
  return query
}

function nodeOf(row: ModelTables['model']): ModelNode {
  const { id, task, owner, stage, events } = row
  return {
    id,
    name: row.name ?? id,
    task,
    owner,
    stage,
    registeredAt: instantOf(row.registered ?? 0),
    retiredAt: instantOrNull(row.retired),
    lastEventAt: events === 0 ? null : instantOf(row.last),
    events,
    streamVersion: String(row.version),
    openDrift: row.drift,
  }
}

const NEWEST = { column: 'occurred', direction: 'desc' } as const

/** The newest first. */
export async function versionsOfModel(
  tables: Tables,
  asking: Asking,
  model: string,
  { after, limit }: PageRequest,
): Promise<RegisterPage<ModelVersionNode>> {
  const rows = await tables.query
    .selectFrom('fact')
    .select(FACT)
    .where('workspace', '=', asking.workspace)
    .where('thing', '=', `model:${model}`)
    .where('type', '=', 'ModelVersionRegistered')
    .where(behindCursor(NEWEST, after, 'event'))
    .orderBy('occurred', 'desc')
    .orderBy('event')
    .limit(limit + 1)
    .execute()
  const nodes = new Map<string, ModelVersionNode>()
  for (const row of rows.slice(0, limit)) nodes.set(row.event, await versionNode(tables, asking, factOf(row)))
  const page = pageOf(
    rows.map((row) => ({ id: row.event, occurred: row.occurred })),
    limit,
    ({ occurred }) => occurred,
    ({ id }) => nodes.get(id),
  )
  return { ...page, edges: page.edges.flatMap(({ cursor, node }) => (node === undefined ? [] : [{ cursor, node }])) }
}

async function versionNode(tables: Tables, asking: Asking, fact: Fact): Promise<ModelVersionNode> {
  const { content, thing, event, occurred } = fact
  const version = wordIn(content, 'version') ?? ''
  const inForce = await inForceFor(tables, asking, `${thing}@${version}`)
  const stage = await lastFact(tables, { workspace: asking.workspace, thing, type: 'StageEntered', key: version })
  return {
    version,
    registeredAt: instantOf(occurred),
    stage: stage === null ? null : wordIn(stage.content, 'stage'),
    artifact: artifactOf(fact),
    trainedOn: wordsIn(content, 'trainedOn').map((dataset) => `dataset:${dataset}`),
    derivedFrom: wordIn(partIn(content, 'derivedFrom'), 'model'),
    event,
    metrics: namedNumbers(partIn(content, 'metrics')),
    evaluations: await evaluationsOf(tables, asking, thing, version),
    approvalInForce: inForce !== null,
    approval: inForce?.approval ?? null,
  }
}

function artifactOf({ content }: Fact): string | null {
  const artifact = partIn(content, 'artifact')
  const digest = wordIn(artifact, 'sha256')
  const provider = wordIn(artifact, 'provider')
  return digest ?? (provider === null ? null : `${provider}/${wordIn(artifact, 'model')}@${wordIn(artifact, 'snapshot')}`)
}

const evaluations = [
  'ModelEvaluated',
  'BiasAudited',
  'ExplainabilityAnalysed',
  'RobustnessTested',
  'SecurityScanned',
  'GroundednessMeasured',
]
/** Of one version, the newest first; the audit trail has all of them. */
const MOST_EVALUATIONS = 20

async function evaluationsOf(tables: Tables, { workspace }: Asking, thing: string, version: string): Promise<EvaluationNode[]> {
  const rows = await tables.query
    .selectFrom('fact')
    .select(FACT)
    .where('workspace', '=', workspace)
    .where('thing', '=', thing)
    .where('type', 'in', evaluations)
    .where('key', '=', version)
    .orderBy('occurred', 'desc')
    .orderBy('version', 'desc')
    .limit(MOST_EVALUATIONS)
    .execute()
  return rows.map(factOf).map(({ type, content, occurred, event }) => ({
    kind: type,
    passed: typeof content.passed === 'boolean' ? content.passed : null,
    occurredAt: instantOf(occurred),
    event,
    summary: wordIn(content, 'summary') ?? '',
  }))
}
