import { type Expression, type Kysely, type SqlBool, sql } from 'kysely'
import type { Cell, ColumnType, Last, Merge, TableDefinition, TokenQuery, TokenRow, TokenTable, ViewTables } from './read-model.ts'
import type { SqliteConnection } from './sqlite-connection.ts'

/** What the tokenizer below takes for one token. */
const TOKEN = /^[a-zA-Z0-9_.:~@\u0080-\uffff-]+$/

const TYPES: Readonly<Record<ColumnType, string>> = { integer: 'INTEGER', real: 'REAL', text: 'TEXT', bytes: 'BLOB' }

/** The statements that make a table of a view. */
export function sqliteDefinition(name: string, definition: TableDefinition): string {
  switch (definition.kind) {
    case 'rows':
      return rowsDefinition(name, definition)
    case 'tokens':
      // Numbers without text: `detail=none` keeps no places within it, and `secure-delete` takes removed tokens out of the pages.
      return (
        `CREATE VIRTUAL TABLE ${name} USING fts5(tokens, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '-_.:~@'");` +
        `INSERT INTO ${name}(${name}, rank) VALUES('secure-delete', 1);` +
        // Larger segments are made in memory and merged less often.
        `INSERT INTO ${name}(${name}, rank) VALUES('hashsize', ${4 * 2 ** 20});` +
        `INSERT INTO ${name}(${name}, rank) VALUES('automerge', 8);` +
        `CREATE VIRTUAL TABLE ${name}_vocabulary USING fts5vocab(${name}, 'instance')`
      )
  }
}

function rowsDefinition(name: string, { columns, key }: TableDefinition & { kind: 'rows' }): string {
  const [first = ''] = key
  const byNumber = key.length === 1 && columns[first] === 'integer'
  const described = Object.entries(columns).map(
    ([column, type]) => `${column} ${TYPES[type]}${byNumber && column === first ? ' PRIMARY KEY' : ''}`,
  )
  return byNumber
    ? `CREATE TABLE ${name} (${described.join(', ')})`
    : `CREATE TABLE ${name} (${described.join(', ')}, PRIMARY KEY (${key.join(', ')})) WITHOUT ROWID`
}

/** The statements that unmake it. */
export function sqliteRemoval(name: string, definition: TableDefinition): string {
  switch (definition.kind) {
    case 'rows':
      return `DROP TABLE IF EXISTS ${name}`
    case 'tokens':
      return `DROP TABLE IF EXISTS ${name}_vocabulary; DROP TABLE IF EXISTS ${name}`
  }
}

export class SqliteViewTables<Tables> implements ViewTables<Tables> {
  readonly query: Kysely<Tables>
  readonly #connection: SqliteConnection
  readonly #nameOf: (table: string) => string

  constructor(query: Kysely<Tables>, connection: SqliteConnection, nameOf: (table: string) => string) {
    this.query = query
    this.#connection = connection
    this.#nameOf = nameOf
  }

  contains(column: string, part: string): Expression<SqlBool> {
    return sql<SqlBool>`instr(${sql.ref(column)}, ${part}) > 0`
  }

  /** Straight to the prepared statement: building a query of thousands of values costs more than inserting them. */
  async insert(table: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<void> {
    const name = this.#nameOf(table)
    this.#connection.run(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`, rows)
  }

  async upsert(table: string, columns: readonly string[], rows: readonly (readonly Cell[])[], merge: Merge = {}): Promise<void> {
    const name = this.#nameOf(table)
    const merged = columns.map((column) => `${column} = ${mergedColumn(column, merge[column])}`)
    this.#connection.run(
      `INSERT INTO ${name} AS old (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT DO UPDATE SET ${merged.join(', ')}`,
      rows,
    )
  }

  async lookUp<T extends keyof Tables & string, C extends keyof Tables[T] & string>(
    table: T,
    columns: readonly C[],
    values: Readonly<Record<string, Cell | undefined>>,
    last?: Last,
  ): Promise<Pick<Tables[T], C>[]> {
    const order = last === undefined ? '' : ` ORDER BY ${last.by.map((column) => `${column} DESC`).join(', ')} LIMIT ${last.limit}`
    const [condition, parameters] = equal(values)
    const sql = `SELECT ${columns.join(', ')} FROM ${this.#nameOf(table)} WHERE ${condition}${order}`
    const rows: unknown = this.#connection.prepare(sql).all(parameters)
    return rows as Pick<Tables[T], C>[]
  }

  async remove(table: string, values: Readonly<Record<string, Cell | undefined>>): Promise<void> {
    const [condition, parameters] = equal(values)
    this.#connection.run(`DELETE FROM ${this.#nameOf(table)} WHERE ${condition}`, [parameters])
  }

  tokens(table: string): TokenTable {
    return new SqliteTokenTable(this.#nameOf(table), this.#connection)
  }
}

function equal(values: Readonly<Record<string, Cell | undefined>>): [condition: string, parameters: Cell[]] {
  const given = Object.entries(values).flatMap(([column, value]) => (value === undefined ? [] : [[column, value] as const]))
  return [given.map(([column]) => `${column} = ?`).join(' AND '), given.map(([, value]) => value)]
}

function mergedColumn(column: string, how: 'sum' | 'greatest' | undefined): string {
  switch (how) {
    case 'sum':
      return `old.${column} + excluded.${column}`
    case 'greatest':
      return `max(old.${column}, excluded.${column})`
    case undefined:
      return `excluded.${column}`
  }
}

class SqliteTokenTable implements TokenTable {
  readonly #name: string
  readonly #connection: SqliteConnection

  constructor(name: string, connection: SqliteConnection) {
    this.#name = name
    this.#connection = connection
  }

  async add(rows: Iterable<TokenRow>): Promise<void> {
    this.#connection.run(`INSERT INTO ${this.#name} (rowid, tokens) VALUES (?, ?)`, rows)
  }

  async remove(rows: readonly TokenRow[]): Promise<void> {
    this.#connection.run(`INSERT INTO ${this.#name} (${this.#name}, rowid, tokens) VALUES ('delete', ?, ?)`, rows)
  }

  async find({ match, anyOf, from, to }: TokenQuery): Promise<number[]> {
    const tokens = anyOf.filter((token) => TOKEN.test(token))
    if (tokens.length === 0) return []
    const expression = tokens.map((token) => (match === 'prefix' ? `"${token}" *` : `"${token}"`)).join(' OR ')
    const rows = this.#connection.rows(
      `SELECT rowid FROM ${this.#name} WHERE ${this.#name} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid`,
      [expression, from, to],
    )
    return rows.map(([number]) => Number(number))
  }

  async tokensOf(numbers: readonly number[], beginning: string): Promise<{ number: number; token: string }[]> {
    const rows = this.#connection.rows(
      `SELECT doc, term FROM ${this.#name}_vocabulary WHERE term >= ?1 AND term < ?1 || char(0x10ffff)
       AND doc IN (SELECT value FROM json_each(?2))`,
      [beginning, JSON.stringify(numbers)],
    )
    return rows.map(([number, token]) => ({ number: Number(number), token: String(token) }))
  }

  /** The vocabulary walks along the index, which is sorted so. */
  async *all(): AsyncGenerator<{ readonly token: string; readonly number: number }> {
    for (const row of this.#connection.each(`SELECT doc, term FROM ${this.#name}_vocabulary`))
      yield { token: String(row.term), number: Number(row.doc) }
  }
}
