const EMPTY = 0
const SMALLEST = 64

/**
 * A set of UUIDs in 16 bytes each: of every id it keeps a fingerprint of 53 bits. It never denies an id that was added; that it claims
 * one that was not is rare (n in 2^53), and who asks must look.
 */
export class IdSet {
  #slots = new Float64Array(SMALLEST)
  #size = 0

  get size(): number {
    return this.#size
  }

  add(id: string): void {
    if ((this.#size + 1) * 2 > this.#slots.length) this.#grow()
    this.#place(fingerprint(id))
  }

  mayHold(id: string): boolean {
    const print = fingerprint(id)
    return this.#slots[this.#find(print)] === print
  }

  #place(print: number): void {
    const at = this.#find(print)
    if (this.#slots[at] === EMPTY) this.#size++
    this.#slots[at] = print
  }

  /** Where `print` stands, or the free slot where it would. At least half of the slots are free. */
  #find(print: number): number {
    const mask = this.#slots.length - 1
    let at = print & mask
    for (let held = this.#slots[at]; held !== EMPTY && held !== print; held = this.#slots[at]) at = (at + 1) & mask
    return at
  }

  #grow(): void {
    const before = this.#slots
    this.#slots = new Float64Array(before.length * 2)
    this.#size = 0
    for (const print of before) if (print !== EMPTY) this.#place(print)
  }
}

/** All 128 bits mixed into 1 … 2^53: UUIDs of some versions share most of their digits. */
function fingerprint(id: string): number {
  const words = [id.slice(0, 8), id.slice(9, 13) + id.slice(14, 18), id.slice(19, 23) + id.slice(24, 28), id.slice(28, 36)]
  let low = 0x9e3779b9
  let high = 0x85ebca6b
  for (const word of words) {
    const bits = Number.parseInt(word, 16)
    low = mix(low ^ bits)
    high = mix(high + bits + low)
  }
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0) + 1
}

/** The finaliser of MurmurHash3: every bit of the input changes half of the output's. */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) | 0
}
