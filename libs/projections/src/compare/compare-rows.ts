import type { Cell } from '../read-model/read-model.ts'
import { compareCells, compareKeys, type Row } from './view-rows.ts'

/** The first row that is not the same on both sides. */
export interface RowDifference {
  /** `workspace=ws_1, id=cs`. */
  readonly key: string
  readonly expected: string
  readonly found: string
}

/**
 * Goes along both sides in the order of their keys. @returns how many rows are the same, or the first that isn't.
 * @param made what the record gives. @param kept what stands in the view.
 */
export async function compareRows(
  key: readonly string[],
  made: AsyncIterable<Row>,
  kept: AsyncIterable<Row>,
): Promise<number | RowDifference> {
  const [left, right] = [made[Symbol.asyncIterator](), kept[Symbol.asyncIterator]()]
  for (let same = 0; ; same++) {
    const [expected, found] = [await left.next(), await right.next()]
    if (expected.done && found.done) return same
    const difference = differenceOf(key, expected.done ? null : expected.value, found.done ? null : found.value)
    if (difference !== null) return difference
  }
}

function differenceOf(key: readonly string[], expected: Row | null, found: Row | null): RowDifference | null {
  const order = expected === null || found === null ? Number(expected === null) - Number(found === null) : compareKeys(key, expected, found)
  if (order < 0) return { key: cellsText(expected, key), expected: 'a row', found: 'none' }
  if (order > 0) return { key: cellsText(found, key), expected: 'none', found: 'a row' }
  const other = Object.keys(expected ?? {}).filter((column) => compareCells(expected?.[column] ?? null, found?.[column] ?? null) !== 0)
  if (other.length === 0) return null
  return { key: cellsText(expected, key), expected: cellsText(expected, other), found: cellsText(found, other) }
}

function cellsText(row: Row | null, columns: readonly string[]): string {
  return columns.map((column) => `${column}=${cellText(row?.[column] ?? null)}`).join(', ')
}

const LONGEST = 120

function cellText(cell: Cell): string {
  const text = cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
