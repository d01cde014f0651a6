import type { RecordedEvent } from '@annal/ledger'
import type { TableDefinition, ViewTables } from '../read-model/read-model.ts'

/** How far the numbering of each workspace has come. */
export interface WorkspaceTables {
  readonly workspace: {
    name: string
    number: number
    /** How many events of it are in the view. */
    events: number
    /** Ledger time of its last event: the latest recordedAt so far, in milliseconds since 1970. */
    at: number
  }
}

export const workspaceTable: TableDefinition = {
  kind: 'rows',
  name: 'workspace',
  columns: { name: 'text', number: 'integer', events: 'integer', at: 'integer' },
  key: ['name'],
}

/** The events of one workspace in a batch. The first has the ordinal `ordinal`. */
export interface WorkspaceBatch {
  readonly workspace: string
  readonly number: number
  readonly ordinal: number
  readonly at: number
  readonly events: readonly RecordedEvent[]
}

/** Sorts a batch by workspace, in the order of their numbers. A workspace's number is its place in the order of first events. */
export async function numberEvents(tables: ViewTables<WorkspaceTables>, events: readonly RecordedEvent[]): Promise<WorkspaceBatch[]> {
  const byWorkspace = Map.groupBy(events, ({ stream }) => stream.slice(0, stream.indexOf('.')))
  const known = await tables.query
    .selectFrom('workspace')
    .selectAll()
    .where('name', 'in', [...byWorkspace.keys()])
    .execute()
  const states = new Map(known.map((row) => [row.name, row]))
  let next = states.size < byWorkspace.size ? await countWorkspaces(tables) : 0
  const batches: WorkspaceBatch[] = []
  for (const [workspace, own] of byWorkspace) {
    const { number, events: ordinal, at } = states.get(workspace) ?? { number: next++, events: 0, at: 0 }
    batches.push({ workspace, number, ordinal, at, events: own })
  }
  return batches.sort((a, b) => a.number - b.number)
}

/** Remembers where the batch has brought its workspace. */
export async function saveNumbering(tables: ViewTables<WorkspaceTables>, batch: WorkspaceBatch, at: number): Promise<void> {
  const events = batch.ordinal + batch.events.length
  await tables.query
    .insertInto('workspace')
    .values({ name: batch.workspace, number: batch.number, events, at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ events, at }))
    .execute()
}

async function countWorkspaces(tables: ViewTables<WorkspaceTables>): Promise<number> {
  const { count } = await tables.query
    .selectFrom('workspace')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
