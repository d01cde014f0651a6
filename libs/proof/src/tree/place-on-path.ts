/**
 * Where a verifier stands on the way from a leaf to the root: at node `node` of a level whose last node is `last`. Levels on which the
 * node has no sibling (it is the last and stands alone) are passed over: nothing is hashed there. Numbers may be beyond what
 * shifting can hold, so halves are rounded down.
 */
export interface PlaceOnPath {
  readonly node: number
  readonly last: number
}

/** On which side of the node its sibling stands. */
export function siblingSide({ node, last }: PlaceOnPath): 'left' | 'right' {
  return node % 2 === 1 || node === last ? 'left' : 'right'
}

/** The place after hashing with the sibling. */
export function above(place: PlaceOnPath): PlaceOnPath {
  let { node, last } = place
  // The last node, with an even number: it was carried up alone until it became a right child.
  while (node === last && node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)]
  return { node: half(node), last: half(last) }
}

export function half(number: number): number {
  return Math.floor(number / 2)
}
