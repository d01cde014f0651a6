import type { RegisterColumn } from './register.ts'

/** Beside the columns: what marks a selected row. */
export const SELECT_WIDTH = 24
/** The least that the column is given which takes what is left. */
export const REST_MIN = 200

const WILLING = ['middle', 'wide'] as const

/** Ids of the columns that stand in a list of that width without scrolling sideways: those that always do, then the others in their turn. */
export function fittingColumns<Row>(columns: readonly RegisterColumn<Row>[], width: number): readonly string[] {
  const shown = new Set(columns.filter(({ from }) => from === 'always').map(({ id }) => id))
  let left = width - SELECT_WIDTH
  for (const column of columns) if (shown.has(column.id)) left -= widthOf(column)
  for (const turn of WILLING) {
    for (const column of columns.filter(({ from }) => from === turn)) {
      if (widthOf(column) > left) continue
      shown.add(column.id)
      left -= widthOf(column)
    }
  }
  return columns.filter(({ id }) => shown.has(id)).map(({ id }) => id)
}

function widthOf<Row>({ width }: RegisterColumn<Row>): number {
  return width ?? REST_MIN
}
