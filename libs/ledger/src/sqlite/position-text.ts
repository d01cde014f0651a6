import type { Position } from '../event-store.ts'

const DIGITS = 16

/** Positions are row ids, written with as many digits as the greatest safe integer has, so that text compares as numbers do. */
export function positionText(row: number): Position {
  return String(row).padStart(DIGITS, '0') as Position
}

/** The row id of a position of this store; 0 (before all rows) for null. */
export function positionRow(position: Position | null): number {
  if (position === null) return 0
  if (position.length !== DIGITS || !/^\d+$/.test(position))
    throw new Error(`expected a position of the SQLite store, found ${JSON.stringify(position)}`)
  return Number(position)
}
