/** The same thing on the two dates. */
export interface Pair<Row> {
  readonly key: string
  readonly earlier: Row | null
  readonly later: Row | null
}

export type Change = 'added' | 'gone' | 'changed' | 'same'

/** In the order of the later date; what is not there any more comes last. */
export function pairUp<Row>(earlier: readonly Row[], later: readonly Row[], keyOf: (row: Row) => string): readonly Pair<Row>[] {
  const before = new Map(earlier.map((row) => [keyOf(row), row]))
  const after = new Set(later.map(keyOf))
  return [
    ...later.map((row) => ({ key: keyOf(row), earlier: before.get(keyOf(row)) ?? null, later: row })),
    ...earlier.filter((row) => !after.has(keyOf(row))).map((row) => ({ key: keyOf(row), earlier: row, later: null })),
  ]
}

/** All that counts as a change when it differs. The side is for what time alone changes: a document runs out without an event. */
export type TextOf<Row> = (row: Row, side: 'earlier' | 'later') => string

export function changeOf<Row>({ earlier, later }: Pair<Row>, textOf: TextOf<Row>): Change {
  if (earlier === null) return 'added'
  if (later === null) return 'gone'
  return textOf(earlier, 'earlier') === textOf(later, 'later') ? 'same' : 'changed'
}

const ORDER: readonly Change[] = ['added', 'gone', 'changed', 'same']

/** What changed first. */
export function changedFirst<Row>(pairs: readonly Pair<Row>[], textOf: TextOf<Row>): readonly Pair<Row>[] {
  const rank = (pair: Pair<Row>) => ORDER.indexOf(changeOf(pair, textOf))
  return pairs.toSorted((a, b) => rank(a) - rank(b))
}
