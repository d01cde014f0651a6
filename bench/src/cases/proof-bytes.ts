import { proveLeaves } from '../../../libs/proof/src/tree/prove-leaves.ts'
import type { NodeReader } from '../../../libs/proof/src/tree/tree-hash.ts'
import type { BenchCase } from '../bench-case.ts'
import { Random } from '../record/random.ts'
import type { Figure } from '../report.ts'

/** Leaves of the tree, and how many of them, scattered over it, are proven at once. */
const TREES = [
  [200_000, 100_000],
  [1_000_000, 100_000],
  [1_000_000, 1_000],
] as const
const HASH = 32
const HEADER = 16

/** How many bytes of one proof for many leaves fall to each. Its length depends on places alone, so every node may have the same hash. */
export const proofBytes: BenchCase = {
  figures: ['proof-bytes'],
  async run({ scale }) {
    const measured = TREES.map(([leaves, proven]) =>
      measure(Math.floor(leaves / scale.treeDivisor), Math.floor(proven / scale.treeDivisor)),
    )
    const [tightest] = measured.toSorted((a, b) => b.bytes / b.bound - a.bytes / a.bound)
    if (tightest === undefined) throw new Error('expected trees to measure, found none')
    const figure: Figure = {
      name: 'proof-bytes',
      value: tightest.bytes,
      unit: 'bytes',
      yardstick: `32 · (log2(N/k) + 1) + 16 at ${inWords(tightest)}`,
      yardstickValue: tightest.bound,
      bound: { kind: 'ratio at most', value: 1 },
      details: measured.map((one) => `${one.bytes.toFixed(1)} bytes an event at ${inWords(one)}, at most ${one.bound.toFixed(1)}`),
    }
    return [figure]
  },
}

interface Measured {
  readonly leaves: number
  readonly proven: number
  readonly bytes: number
  readonly bound: number
}

function measure(leaves: number, proven: number): Measured {
  let length = 0
  for (const piece of proveLeaves(scattered(leaves, proven), leaves, sameHash)) length += piece.length
  return { leaves, proven, bytes: length / proven, bound: HASH * (Math.log2(leaves / proven) + 1) + HEADER }
}

/** The same on every run. */
function scattered(leaves: number, proven: number): number[] {
  const random = new Random(7)
  const places = new Set<number>()
  while (places.size < proven) places.add(random.below(leaves))
  return [...places].sort((a, b) => a - b)
}

const hash = new Uint8Array(HASH)
const sameHash: NodeReader = () => hash

function inWords({ leaves, proven }: Measured): string {
  return `N ${leaves.toLocaleString('en')}, k ${proven.toLocaleString('en')}`
}
