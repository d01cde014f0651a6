import type { Expression, Kysely, SqlBool } from 'kysely'

/**
 * The port to a read model: tables that can be rebuilt from events at any time. SQLite stands behind it; PostgreSQL can.
 * The tables of a view exist once per generation (a rebuild fills a new one beside the old). Whoever reads or writes them names them
 * as the view does: `event`, where the database has `trail_event_3`.
 */
export interface ReadModel {
  /**
   * One transaction: all or nothing when writing, one unchanging view of everything when reading. Transactions of one read model
   * wait for each other.
   * @throws ReadModelUnavailable: nothing was written; a later attempt may succeed.
   */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>
  /** Leaves no trace of what was deleted in any file. Waits for who reads; @throws ReadModelUnavailable when that takes too long. */
  forget(): Promise<void>
  close(): Promise<void>
}

export interface Session {
  /** The tables of one generation of a view. */
  tables<Tables>(view: ViewDefinition, generation: number): ViewTables<Tables>
  /** Where each view stands (`view-registry.ts`). */
  readonly registry: Kysely<RegistryTables>
  create(view: ViewDefinition, generation: number): Promise<void>
  drop(view: ViewDefinition, generation: number): Promise<void>
}

export interface ViewDefinition {
  readonly name: string
  /**
   * It holds events as they were recorded and what of them is never erased: their keys are destroyed, and nothing is taken out of the view. So
   * what is dropped need not be overwritten.
   */
  readonly sealed?: boolean
  readonly tables: readonly TableDefinition[]
}

export interface RegistryTables {
  readonly view: {
    name: string
    generation: number
    version: number
    /** `live`: what readers see, one at most. `building`: not seen yet. `retired`: to be dropped. */
    status: 'live' | 'building' | 'retired'
    /** The position of the last event applied. */
    position: string | null
    /** Which event that was, `<stream>/<event id>`; null before the first, and where an older release applied it. */
    event: string | null
  }
}

export interface ViewTables<Tables> {
  readonly query: Kysely<Tables>
  /** True where the text of `column` has `part` in it, to the letter. */
  contains(column: string, part: string): Expression<SqlBool>
  /** Adds rows, in their order. Meant for thousands at a time. */
  insert<T extends keyof Tables & string>(
    table: T,
    columns: readonly (keyof Tables[T] & string)[],
    rows: readonly (readonly Cell[])[],
  ): Promise<void>
  /**
   * Adds rows; where a row with the same key stands already, each column becomes what `merge` says of it. Columns that `merge` doesn't
   * name are taken from the new row.
   */
  upsert<T extends keyof Tables & string>(
    table: T,
    columns: readonly (keyof Tables[T] & string)[],
    rows: readonly (readonly Cell[])[],
    merge?: Merge<keyof Tables[T] & string>,
  ): Promise<void>
  /** Rows whose columns have these values. Like `insert`, without the cost of building a query: meant for one row, many times. */
  lookUp<T extends keyof Tables & string, C extends keyof Tables[T] & string>(
    table: T,
    columns: readonly C[],
    values: Values<Tables[T]>,
    last?: Last<keyof Tables[T] & string>,
  ): Promise<Pick<Tables[T], C>[]>
  /** Takes rows out whose columns have these values. */
  remove<T extends keyof Tables & string>(table: T, values: Values<Tables[T]>): Promise<void>
  tokens(table: string): TokenTable
}

type Values<Row> = { readonly [Name in keyof Row]?: Row[Name] & (string | number) }

/** The greatest first by these columns, and no more than that. */
export interface Last<Column extends string = string> {
  readonly by: readonly Column[]
  readonly limit: number
}

/** Both want numbers, and none that is null. */
export type Merge<Column extends string = string> = { readonly [Name in Column]?: 'sum' | 'greatest' }

/**
 * An inverted index from tokens to numbers, kept sorted by token. A token is made of ASCII letters, whose case doesn't matter, digits,
 * `- _ . : ~ @` and anything beyond ASCII.
 */
export interface TokenTable {
  /** Tokens of a number are separated by single spaces. */
  add(rows: Iterable<TokenRow>): Promise<void>
  /** Takes rows out again, leaving no trace of them; each with exactly the tokens that it was added with. */
  remove(rows: readonly TokenRow[]): Promise<void>
  /**
   * The numbers between `from` and `to` (inclusive), ascending, that have at least one of the tokens (or one that begins with one of
   * them). What can't be a token is nowhere.
   */
  find(query: TokenQuery): Promise<number[]>
  /** The tokens that begin so of these numbers. Takes time for every such token that there is. */
  tokensOf(numbers: readonly number[], beginning: string): Promise<{ number: number; token: string }[]>
  /** Everything, by token (the order of its bytes) and number, row by row. */
  all(): AsyncIterable<{ readonly token: string; readonly number: number }>
}

export type TokenRow = readonly [number: number, tokens: string]

export interface TokenQuery {
  readonly match: 'whole' | 'prefix'
  readonly anyOf: readonly string[]
  readonly from: number
  readonly to: number
}

export type Cell = string | number | Uint8Array | null

export type TableDefinition =
  | {
      readonly kind: 'rows'
      readonly name: string
      readonly columns: Readonly<Record<string, ColumnType>>
      readonly key: readonly string[]
    }
  | { readonly kind: 'tokens'; readonly name: string }

/** Integers are safe in JavaScript (below 2^53). Text is ordered by code point. */
export type ColumnType = 'integer' | 'real' | 'text' | 'bytes'

/** The read model can't be used now: no room, locked by another, not reachable. Nothing was written; a later attempt may succeed. */
export class ReadModelUnavailable extends Error {
  override readonly name = 'ReadModelUnavailable'
}
