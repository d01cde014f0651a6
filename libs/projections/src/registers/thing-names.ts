import type { Tables } from './register-reader.ts'

/** What people call systems, models and datasets, by reference: `model:cs@7` → "Credit score 7". Only of those that were registered. */
export async function thingNames(tables: Tables, workspace: string, references: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const [type, table] of NAMED) {
    const wanted = [...new Set(references)].filter((reference) => reference.startsWith(`${type}:`)).map(partsOf)
    if (wanted.length === 0) continue
    const ids = [...new Set(wanted.map(({ id }) => id))]
    const rows = await tables.query
      .selectFrom(table)
      .select(['id', 'name'])
      .where('workspace', '=', workspace)
      .where('id', 'in', ids)
      .execute()
    const known = new Map(rows.map(({ id, name }) => [id, name]))
    for (const { reference, id, version } of wanted) {
      const name = known.get(id)
      if (name) names.set(reference, version === undefined ? name : `${name} ${version}`)
    }
  }
  return names
}

const NAMED = [
  ['aisystem', 'system'],
  ['model', 'model'],
  ['dataset', 'dataset'],
] as const

function partsOf(reference: string): { readonly reference: string; readonly id: string; readonly version: string | undefined } {
  const [id = '', version] = reference.slice(reference.indexOf(':') + 1).split('@', 2)
  return { reference, id, version }
}
