import { randomBytes } from 'node:crypto'

/** An event's terms, each between single spaces, in any order; one may come twice. */
export interface IndexedEvent {
  readonly number: number
  readonly terms: string
}

const SPACE = 0x20
const PRIME = 0x0100_0193
/** Nobody outside can choose terms that collide. */
const SEED = randomBytes(4).readInt32LE()

/** Memory beyond that is not kept for the next chunk. */
const MOST_KEPT = 4 * 2 ** 20

/**
 * The terms of a chunk's events, numbered in the order of their first use, and which events have them. It works on bytes: a chunk has
 * some two hundred thousand terms, and a string for each would cost more than all the rest. Its memory can be used for one chunk after
 * the other.
 */
export class ChunkTerms {
  /** How many different terms there are. */
  size = 0
  /** All different terms, one after the other, in UTF-8. */
  #text = Buffer.alloc(1 << 16)
  /** Where each term's text begins; one more for the end of the last. */
  #texts = new Int32Array(1 << 12)
  #hashes = new Int32Array(1 << 12)
  /** The last event (from 1) that each term was seen in. */
  #seen = new Int32Array(1 << 12)
  /** Open addressing: the term's number plus one, or 0. */
  #slots = new Int32Array(1 << 13)
  /** The numbers of the terms, event by event, each once an event. */
  #used = new Int32Array(1 << 16)
  #usedCount = 0
  /** Where each event's part of `#used` begins; one more for the end of the last. */
  #events = new Int32Array(0)
  #starts = new Int32Array(0)
  #next = new Int32Array(0)
  #offsets = new Uint16Array(0)
  /** Of the event that is being read or written. */
  #bytes = Buffer.alloc(1 << 12)

  /** Forgets what it holds, and takes the terms of a chunk of `size`. */
  read(events: readonly IndexedEvent[], size: number): void {
    this.#seen.fill(0, 0, this.size)
    this.#slots.fill(0)
    this.size = 0
    this.#usedCount = 0
    if (this.#events.length <= events.length) this.#events = new Int32Array(events.length + 1)
    for (const [i, { terms }] of events.entries()) {
      this.#reserve(terms.length * 3)
      this.#readTerms(this.#bytes, this.#bytes.write(terms), i + 1)
      this.#events[i + 1] = this.#usedCount
    }
    this.#countUses()
    this.#gatherOffsets(events, size)
  }

  /** Whether it can be kept for another chunk. */
  get isSmall(): boolean {
    return this.#text.length + 4 * this.#used.length <= MOST_KEPT
  }

  term(number: number): string {
    return this.#text.toString('utf8', this.#texts[number], this.#texts[number + 1])
  }

  /** A term's first `length` bytes, as text: it has as many, and they end with a whole character. */
  beginning(number: number, length: number): string {
    const from = this.#texts[number] ?? 0
    return this.#text.toString('utf8', from, from + length)
  }

  /** The byte of a term at this place, or -1 behind its end. */
  byteOf(number: number, at: number): number {
    const place = (this.#texts[number] ?? 0) + at
    return place < (this.#texts[number + 1] ?? 0) ? (this.#text[place] ?? -1) : -1
  }

  /** How many events have the term. */
  count(number: number): number {
    return (this.#starts[number + 1] ?? 0) - (this.#starts[number] ?? 0)
  }

  /** The offsets, in the chunk, of the events that have the term; ascending. */
  offsets(number: number): Uint16Array {
    return this.#offsets.subarray(this.#starts[number], this.#starts[number + 1])
  }

  /** Of the chunk's `i`th event, the terms that fewer than `frequent` events have, each with `before` before it, separated by spaces. */
  rareTermsOf(i: number, frequent: number, before: Uint8Array): string {
    let end = 0
    for (let at = this.#events[i] ?? 0; at < (this.#events[i + 1] ?? 0); at++) {
      const number = this.#used[at] ?? 0
      if (this.count(number) < frequent) end = this.#writeTerm(number, before, end)
    }
    return this.#bytes.toString('utf8', 0, Math.max(0, end - 1))
  }

  /** Writes the term behind `before` and a space behind it; returns where that ends. */
  #writeTerm(number: number, before: Uint8Array, start: number): number {
    const from = this.#texts[number] ?? 0
    const to = this.#texts[number + 1] ?? 0
    this.#reserve(start + before.length + to - from + 1)
    const bytes = this.#bytes
    let end = start
    for (let k = 0; k < before.length; k++) bytes[end++] = before[k] ?? 0
    for (let k = from; k < to; k++) bytes[end++] = this.#text[k] ?? 0
    bytes[end++] = SPACE
    return end
  }

  #reserve(length: number): void {
    if (length > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], Math.max(length, this.#bytes.length * 2))
  }

  #readTerms(bytes: Buffer, length: number, event: number): void {
    let hash = SEED
    let start = 0
    for (let i = 0; i <= length; i++) {
      const byte = i < length ? (bytes[i] ?? SPACE) : SPACE
      if (byte !== SPACE) hash = Math.imul(hash ^ byte, PRIME)
      else {
        if (i > start) this.#use(this.#numberOf(bytes, start, i, hash), event)
        start = i + 1
        hash = SEED
      }
    }
  }

  #use(number: number, event: number): void {
    if (this.#seen[number] === event) return
    this.#seen[number] = event
    if (this.#usedCount === this.#used.length) this.#used = doubled(this.#used)
    this.#used[this.#usedCount++] = number
  }

  #numberOf(bytes: Buffer, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1
      if (number < 0) return this.#add(bytes, start, end, { hash, slot })
      if (this.#hashes[number] === hash && this.#isTerm(number, bytes, start, end)) return number
      slot = (slot + 1) & mask
    }
  }

  #isTerm(number: number, bytes: Buffer, start: number, end: number): boolean {
    const from = this.#texts[number] ?? 0
    if ((this.#texts[number + 1] ?? 0) - from !== end - start) return false
    for (let i = start; i < end; i++) if (this.#text[from + i - start] !== bytes[i]) return false
    return true
  }

  #add(bytes: Buffer, start: number, end: number, { hash, slot }: { hash: number; slot: number }): number {
    const number = this.size++
    if (number + 1 === this.#texts.length) this.#growTerms()
    const from = this.#texts[number] ?? 0
    const to = from + end - start
    if (to > this.#text.length) this.#text = Buffer.concat([this.#text], Math.max(to, this.#text.length * 2))
    bytes.copy(this.#text, from, start, end)
    this.#texts[number + 1] = to
    this.#hashes[number] = hash
    this.#slots[slot] = number + 1
    if (this.size * 2 > this.#slots.length) this.#growSlots()
    return number
  }

  #growTerms(): void {
    this.#texts = doubled(this.#texts)
    this.#hashes = doubled(this.#hashes)
    this.#seen = doubled(this.#seen)
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    const mask = this.#slots.length - 1
    for (let number = 0; number < this.size; number++) {
      const hash = this.#hashes[number] ?? 0
      let slot = (hash ^ (hash >>> 15)) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = number + 1
    }
  }

  /** Where each term's part of `#offsets` begins; one more for the end of the last. */
  #countUses(): void {
    if (this.#starts.length <= this.size) {
      this.#starts = new Int32Array(this.#texts.length)
      this.#next = new Int32Array(this.#texts.length)
    }
    const starts = this.#starts.fill(0, 0, this.size + 1)
    for (let i = 0; i < this.#usedCount; i++) {
      const next = (this.#used[i] ?? 0) + 1
      starts[next] = (starts[next] ?? 0) + 1
    }
    for (let number = 0; number < this.size; number++) starts[number + 1] = (starts[number + 1] ?? 0) + (starts[number] ?? 0)
  }

  #gatherOffsets(events: readonly IndexedEvent[], size: number): void {
    if (this.#offsets.length < this.#usedCount) this.#offsets = new Uint16Array(this.#used.length)
    this.#next.set(this.#starts.subarray(0, this.size))
    for (const [i, event] of events.entries()) {
      for (let at = this.#events[i] ?? 0; at < (this.#events[i + 1] ?? 0); at++) {
        const number = this.#used[at] ?? 0
        const place = this.#next[number] ?? 0
        this.#offsets[place] = event.number % size
        this.#next[number] = place + 1
      }
    }
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(array.length * 2)
  longer.set(array)
  return longer
}
