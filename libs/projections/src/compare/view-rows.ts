import { sql } from 'kysely'
import type { Cell, TableDefinition, ViewTables } from '../read-model/read-model.ts'

export type Row = Readonly<Record<string, Cell>>
/** Tables whose names and columns only their view's definition tells. */
export type AnyTables = Readonly<Record<string, Record<string, Cell>>>
type RowsTable = TableDefinition & { readonly kind: 'rows' }

const AT_ONCE = 1_000

/** The columns that tell the rows of a table apart, in the order of its rows. */
export function keyOf(table: TableDefinition): readonly string[] {
  switch (table.kind) {
    case 'rows':
      return table.key
    case 'tokens':
      return ['token', 'number']
  }
}

/** Every row of a table by its key, ascending, a page at a time. */
export function viewRows(tables: ViewTables<AnyTables>, table: TableDefinition): AsyncIterable<Row> {
  switch (table.kind) {
    case 'rows':
      return pages(tables, table)
    case 'tokens':
      return tables.tokens(table.name).all()
  }
}

async function* pages(tables: ViewTables<AnyTables>, { name, key }: RowsTable): AsyncGenerator<Row> {
  const columns = sql.join(key.map((column) => sql.ref(column)))
  for (let last: Row | undefined; ; ) {
    let query = tables.query.selectFrom(name).selectAll().limit(AT_ONCE)
    for (const column of key) query = query.orderBy(column)
    const before: Row | undefined = last
    if (before !== undefined) query = query.where(sql<boolean>`(${columns}) > (${sql.join(key.map((column) => before[column]))})`)
    const rows: Row[] = await query.execute()
    yield* rows
    last = rows.at(-1)
    if (rows.length < AT_ONCE) return
  }
}

/** As the rows of both are ordered: numbers by value, text and bytes by their bytes. */
export function compareKeys(key: readonly string[], a: Row, b: Row): number {
  for (const column of key) {
    const order = compareCells(a[column] ?? null, b[column] ?? null)
    if (order !== 0) return order
  }
  return 0
}

export function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (a === null || b === null) return Number(b === null) - Number(a === null)
  return Buffer.compare(bytesOf(a), bytesOf(b))
}

function bytesOf(cell: Exclude<Cell, null>): Uint8Array {
  return cell instanceof Uint8Array ? cell : Buffer.from(String(cell))
}
