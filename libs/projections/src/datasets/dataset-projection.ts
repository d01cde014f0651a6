import type { ViewTables } from '../read-model/read-model.ts'
import type { FactTables } from '../registers/fact-tables.ts'
import { type Fact, idOf, lastFact, thingsOf } from '../registers/facts.ts'
import { foldText } from '../registers/fold-text.ts'
import { partIn, wordIn, wordsIn } from '../registers/register-event.ts'
import { mergeTally, NOTHING_COUNTED, TALLY, type Tallies } from '../registers/tallies.ts'
import type { DatasetTables } from './dataset-tables.ts'

type Tables = ViewTables<DatasetTables & FactTables>

export async function countDatasets(tables: Tables, tallies: Tallies): Promise<void> {
  const rows = tallies.rows()
  if (rows.length > 0) await tables.upsert('dataset', ['workspace', 'id', ...TALLY], rows, mergeTally)
}

const described = new Set(['DatasetRegistered', 'DataQualityMeasured'])

export async function refreshDatasets(tables: Tables, changed: readonly Fact[]): Promise<void> {
  for (const { workspace, thing } of thingsOf(changed, described)) await describeDataset(tables, workspace, thing)
  await saveTraining(tables, changed)
}

async function describeDataset(tables: Tables, workspace: string, thing: string): Promise<void> {
  const registered = await lastFact(tables, { workspace, thing, type: 'DatasetRegistered' })
  const measured = await lastFact(tables, { workspace, thing, type: 'DataQualityMeasured' })
  const content = registered?.content ?? {}
  const id = idOf(thing)
  const name = wordIn(content, 'name') ?? id
  const row = {
    name,
    folded: `${foldText(name)} ${id}`,
    source: wordIn(content, 'source'),
    owner: wordIn(content, 'owner'),
    sensitivity: wordIn(content, 'sensitivity'),
    region: wordIn(content, 'region'),
    basis: wordIn(content, 'legalBasis'),
    quality: measured === null ? null : JSON.stringify(partIn(measured.content, 'dimensions')),
    registered: registered?.occurred ?? null,
  }
  const columns = ['name', 'folded', 'source', 'owner', 'sensitivity', 'region', 'basis', 'quality', 'registered'] as const
  await tables.upsert(
    'dataset',
    ['workspace', 'id', ...columns, ...TALLY],
    [[workspace, id, ...columns.map((column) => row[column]), ...NOTHING_COUNTED]],
    mergeTally,
  )
}

/** A corrected registration comes with what it said before: that no longer holds. */
async function saveTraining(tables: Tables, changed: readonly Fact[]): Promise<void> {
  for (const { workspace, thing, content, type } of changed) {
    if (type !== 'ModelVersionRegistered') continue
    const model = idOf(thing)
    const version = wordIn(content, 'version') ?? ''
    await tables.query
      .deleteFrom('training')
      .where('workspace', '=', workspace)
      .where('model', '=', model)
      .where('version', '=', version)
      .execute()
    const datasets = new Set(wordsIn(content, 'trainedOn').map((dataset) => dataset.replace(/@.*$/, '')))
    await tables.insert(
      'training',
      ['workspace', 'dataset', 'model', 'version'],
      [...datasets].map((dataset) => [workspace, dataset, model, version]),
    )
  }
}
