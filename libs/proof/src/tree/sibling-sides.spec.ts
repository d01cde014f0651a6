import { expect, it } from 'vitest'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { nobleDigests } from '../digests.ts'
import { leafHash } from './leaf-hash.ts'
import { MerkleTree } from './merkle-tree.ts'
import { proveInclusion } from './prove-inclusion.ts'
import { siblingSides } from './sibling-sides.ts'
import { nodeHash } from './tree-hash.ts'

it('hashing on the sides that it says leads from every leaf to the root', () => {
  const tree = new MerkleTree()
  for (let size = 1; size <= 70; size++) {
    tree.append(leafHash(encodeUtf8(`leaf ${size}`)))
    for (let index = 0; index < size; index++) {
      const path = proveInclusion(index, size, tree.node)
      const sides = siblingSides(index, size)
      expect(sides).toHaveLength(path.length)
      const root = path.reduce(
        (hash, sibling, step) => (sides[step] === 'left' ? nodeHash(sibling, hash, nobleDigests) : nodeHash(hash, sibling, nobleDigests)),
        leafHash(encodeUtf8(`leaf ${index + 1}`)),
      )
      expect(root).toEqual(tree.root(size))
    }
  }
})
