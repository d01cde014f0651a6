/** Reproducible numbers from 0 to 1 (mulberry32): a record made twice has the same events, but for ids, salts and keys. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  /** Few things are busy and many are not: the greater `skew`, the busier the first ones. */
  skewed(n: number, skew: number): number {
    return Math.floor(n * this.next() ** skew)
  }

  /** As many hex digits as a SHA-256 has. */
  digest(): string {
    let hex = ''
    while (hex.length < 64)
      hex += Math.floor(this.next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0')
    return hex
  }
}
