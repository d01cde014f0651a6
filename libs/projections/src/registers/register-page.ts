import { type Expression, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { cursorOf, readCursor } from './cursor.ts'
import type { Tables } from './register-reader.ts'
import type { RegisterTables } from './registers-tables.ts'

export interface PageRequest {
  /** Behind this cursor, or from the beginning. */
  readonly after: string | null
  readonly limit: number
}

export interface RegisterPage<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[]
  /** True when at least one more stands behind the last. */
  readonly more: boolean
}

export interface RegisterCount {
  readonly value: number
  readonly exact: boolean
}

export interface Sorting {
  readonly column: string
  readonly direction: 'asc' | 'desc'
}

/** Rows are sorted by a column, then by id: a cursor names both, so that nothing is lost or repeated where values are equal. */
export function behindCursor({ column, direction }: Sorting, cursor: string | null, id = 'id'): Expression<SqlBool> {
  const key = cursor === null ? null : readCursor(cursor)
  if (key === null) return sql<SqlBool>`true`
  const [value, name] = key
  const beyond = direction === 'asc' ? sql`>` : sql`<`
  return sql<SqlBool>`(${sql.ref(column)} ${beyond} ${value} or (${sql.ref(column)} = ${value} and ${sql.ref(id)} > ${name}))`
}

/** `rows`: one more than asked for, if there are. */
export function pageOf<Row extends { readonly id: string }, Node>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string | number | null,
  nodeOf: (row: Row) => Node,
): RegisterPage<Node> {
  const edges = rows.slice(0, limit).map((row) => ({ cursor: cursorOf(keyOf(row), row.id), node: nodeOf(row) }))
  return { edges, more: rows.length > limit }
}

/** Counting stops here. */
const MOST_COUNTED = 10_000

/** How many rows a query finds; none of them is read. */
export async function countFound<Table extends keyof RegisterTables>(
  { query }: Tables,
  found: SelectQueryBuilder<RegisterTables, Table, { readonly id: string }>,
): Promise<RegisterCount> {
  const { rows } = await query
    .selectFrom(found.limit(MOST_COUNTED + 1).as('found'))
    .select(({ fn }) => fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow()
  return { value: Math.min(rows, MOST_COUNTED), exact: rows <= MOST_COUNTED }
}

export const instantOf = (milliseconds: number): string => new Date(milliseconds).toISOString()

export const instantOrNull = (milliseconds: number | null): string | null => (milliseconds === null ? null : instantOf(milliseconds))

/** The entries of a filter that were given. */
export function given<Name extends string, Value>(wanted: { readonly [Key in Name]: Value | undefined }): [Name, Value][] {
  return Object.entries<Value | undefined>(wanted).flatMap(([name, value]) => (value === undefined ? [] : [[name as Name, value]]))
}

/** `NamedNumber` of the API. */
export interface NamedNumber {
  readonly name: string
  readonly value: number
}

export function namedNumbers(numbers: Readonly<Record<string, unknown>>): NamedNumber[] {
  return Object.entries(numbers).flatMap(([name, value]) => (typeof value === 'number' ? [{ name, value }] : []))
}

/** Of a JSON list of systems. */
export function firstSystem(systems: string): string | null {
  return JSON.parse(systems)[0] ?? null
}
