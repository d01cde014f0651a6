import { above, type PlaceOnPath, siblingSide } from './place-on-path.ts'
import type { LeafIndex, TreeSize } from './tree-hash.ts'

/** On which side each hash of an inclusion path stands, from the leaf up: what a drawing of the path needs. */
export function siblingSides(index: LeafIndex, size: TreeSize): readonly ('left' | 'right')[] {
  const sides: ('left' | 'right')[] = []
  for (let place: PlaceOnPath = { node: index, last: size - 1 }; place.last !== 0; place = above(place)) sides.push(siblingSide(place))
  return sides
}
