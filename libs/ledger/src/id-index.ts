const EMPTY = 0
const SMALLEST = 8

/**
 * The ids of a stream and their stream versions, in 24 bytes each: of every id it keeps a fingerprint of 53 bits. It never denies an id
 * that was added; that it claims one that was not is rare (n in 2^53), so who asks must look at that version.
 */
export class IdIndex {
  #prints = new Float64Array(SMALLEST)
  #versions = new Uint32Array(SMALLEST)
  #size = 0

  get size(): number {
    return this.#size
  }

  add(id: string, version: number): void {
    if ((this.#size + 1) * 2 > this.#prints.length) this.#grow()
    this.#place(fingerprint(id), version)
  }

  /** The version at which the event with this id stands, if any does. */
  versionOf(id: string): number | null {
    const print = fingerprint(id)
    const at = this.#find(print)
    return this.#prints[at] === print ? (this.#versions[at] ?? null) : null
  }

  #place(print: number, version: number): void {
    const at = this.#find(print)
    if (this.#prints[at] === EMPTY) this.#size++
    this.#prints[at] = print
    this.#versions[at] = version
  }

  /** Where `print` stands, or the free slot where it would. At least half of the slots are free. */
  #find(print: number): number {
    const mask = this.#prints.length - 1
    let at = print & mask
    for (let held = this.#prints[at]; held !== EMPTY && held !== print; held = this.#prints[at]) at = (at + 1) & mask
    return at
  }

  #grow(): void {
    const [prints, versions] = [this.#prints, this.#versions]
    this.#prints = new Float64Array(prints.length * 2)
    this.#versions = new Uint32Array(prints.length * 2)
    this.#size = 0
    for (const [at, print] of prints.entries()) if (print !== EMPTY) this.#place(print, versions[at] ?? 0)
  }
}

/** All characters mixed into 1 … 2^53: UUIDs of some versions share most of their digits. */
function fingerprint(id: string): number {
  let low = 0x9e3779b9
  let high = 0x85ebca6b
  for (let at = 0; at < id.length; at++) {
    const code = id.charCodeAt(at)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code, 0x5bd1e995) ^ (low >>> 15)
  }
  return (mix(high) & 0x1fffff) * 2 ** 32 + (mix(low) >>> 0) + 1
}

/** The finaliser of MurmurHash3: every bit of the input changes half of the output's. */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
