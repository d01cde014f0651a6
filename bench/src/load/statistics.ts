/** The value below which a share `p` (0–1) of the sorted values lies (nearest rank). */
export function percentile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new Error('expected values to take a percentile of, found none')
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
}

/** Runs the two sides in turn, `rounds` times each, and gives the medians: what disturbs the machine disturbs both. */
export async function alternate(rounds: number, ours: () => Promise<number>, yardstick: () => Promise<number>) {
  const left: number[] = []
  const right: number[] = []
  for (let round = 0; round < rounds; round++) {
    left.push(await ours())
    right.push(await yardstick())
  }
  return { ours: median(left), yardstick: median(right) }
}
