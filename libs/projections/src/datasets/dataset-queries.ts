import { readJson } from '@annal/proof'
import { FACT, factOf } from '../registers/facts.ts'
import { foldText } from '../registers/fold-text.ts'
import { type EventContent, wordIn, wordsIn } from '../registers/register-event.ts'
import {
  behindCursor,
  countFound,
  given,
  instantOf,
  type NamedNumber,
  namedNumbers,
  type PageRequest,
  pageOf,
  type RegisterCount,
  type RegisterPage,
} from '../registers/register-page.ts'
import type { Asking, Tables } from '../registers/register-reader.ts'
import type { DatasetTables } from './dataset-tables.ts'

export interface DatasetFilter {
  readonly search?: string
  readonly sensitivity?: string
  readonly owner?: string
  readonly region?: string
}

/** `Dataset` of the API, but for what is asked for separately. */
export interface DatasetNode {
  readonly id: string
  readonly name: string
  readonly source: string | null
  readonly owner: string | null
  readonly sensitivity: string | null
  readonly region: string | null
  readonly legalBasis: string | null
  readonly registeredAt: string
  readonly lastEventAt: string | null
  readonly events: number
  readonly streamVersion: string
  /** As last measured. */
  readonly quality: readonly NamedNumber[]
}

/** `DatasetVersion` of the API. */
export interface DatasetVersionNode {
  readonly version: string
  readonly sha256: string | null
  readonly rows: string | null
  readonly derivedFrom: readonly string[]
  readonly registeredAt: string
  readonly event: string
}

const BY_NAME = { column: 'folded', direction: 'asc' } as const

export async function datasetsPage(
  tables: Tables,
  { workspace }: Asking,
  filter: DatasetFilter,
  { after, limit }: PageRequest,
): Promise<RegisterPage<DatasetNode>> {
  const rows = await matching(tables, workspace, filter)
    .selectAll()
    .where(behindCursor(BY_NAME, after))
    .orderBy('folded')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ folded }) => folded, nodeOf)
}

export async function countDatasetsFound(tables: Tables, { workspace }: Asking, filter: DatasetFilter): Promise<RegisterCount> {
  return countFound(tables, matching(tables, workspace, filter).select('id'))
}

export async function datasetOf(tables: Tables, { workspace }: Asking, id: string): Promise<DatasetNode | null> {
  const row = await tables.query
    .selectFrom('dataset')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .where('registered', 'is not', null)
    .executeTakeFirst()
  return row ? nodeOf(row) : null
}

function matching(tables: Tables, workspace: string, { search, ...equal }: DatasetFilter) {
  let query = tables.query.selectFrom('dataset').where('workspace', '=', workspace).where('registered', 'is not', null)
  for (const [column, value] of given({ sensitivity: equal.sensitivity, owner: equal.owner, region: equal.region }))
    query = query.where(column, '=', value)
  return search === undefined ? query : query.where(tables.contains('folded', foldText(search)))
}

function nodeOf(row: DatasetTables['dataset']): DatasetNode {
  const { id, source, owner, sensitivity, region, basis, events } = row
  return {
    id,
    name: row.name ?? id,
    source,
    owner,
    sensitivity,
    region,
    legalBasis: basis,
    registeredAt: instantOf(row.registered ?? 0),
    lastEventAt: events === 0 ? null : instantOf(row.last),
    events,
    streamVersion: String(row.version),
    quality: namedNumbers(readJson(row.quality ?? '{}') as EventContent),
  }
}

const NEWEST = { column: 'occurred', direction: 'desc' } as const

/** The newest first. */
export async function versionsOfDataset(
  tables: Tables,
  { workspace }: Asking,
  dataset: string,
  { after, limit }: PageRequest,
): Promise<RegisterPage<DatasetVersionNode>> {
  const rows = await tables.query
    .selectFrom('fact')
    .select(FACT)
    .where('workspace', '=', workspace)
    .where('thing', '=', `dataset:${dataset}`)
    .where('type', '=', 'DatasetVersioned')
    .where(behindCursor(NEWEST, after, 'event'))
    .orderBy('occurred', 'desc')
    .orderBy('event')
    .limit(limit + 1)
    .execute()
  const facts = rows.map((row) => ({ ...factOf(row), id: row.event }))
  return pageOf(
    facts,
    limit,
    ({ occurred }) => occurred,
    ({ content, occurred, event }) => ({
      version: wordIn(content, 'version') ?? '',
      sha256: wordIn(content, 'sha256'),
      rows: rowsIn(content.rows),
      derivedFrom: wordsIn(content, 'derivedFrom').map((source) => `dataset:${source}`),
      registeredAt: instantOf(occurred),
      event,
    }),
  )
}

/** Whole numbers above 2^53 are strings. */
function rowsIn(rows: unknown): string | null {
  return typeof rows === 'number' || typeof rows === 'string' ? String(rows) : null
}

const MOST_USERS = 500

/** References of the model versions that were trained on it and of the systems that depend on it. */
export async function usersOfDataset(tables: Tables, { workspace }: Asking, dataset: string): Promise<string[]> {
  const whole = `dataset:${dataset}`
  const trained = await tables.query
    .selectFrom('training')
    .select(['model', 'version'])
    .where('workspace', '=', workspace)
    .where('dataset', '=', dataset)
    .orderBy('model')
    .orderBy('version')
    .limit(MOST_USERS)
    .execute()
  const depending = await tables.query
    .selectFrom('dependency')
    .select('system')
    .distinct()
    .where('workspace', '=', workspace)
    .where(({ eb, or, and }) => or([eb('target', '=', whole), and([eb('target', '>=', `${whole}@`), eb('target', '<', `${whole}A`)])]))
    .orderBy('system')
    .limit(MOST_USERS)
    .execute()
  return [...trained.map(({ model, version }) => `model:${model}@${version}`), ...depending.map(({ system }) => `aisystem:${system}`)]
}
