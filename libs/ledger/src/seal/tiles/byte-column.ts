const FIRST = 1024

/** Bytes in one piece of memory that doubles when it is full. */
export class ByteColumn {
  length = 0
  #memory = new Uint8Array(FIRST)

  push(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length)
    this.#memory.set(bytes, this.length)
    this.length += bytes.length
  }

  /** Big-endian. */
  pushUint16(value: number): void {
    this.#makeRoom(2)
    this.#memory[this.length++] = value >>> 8
    this.#memory[this.length++] = value & 0xff
  }

  /** A view of all that there are now; what is pushed later does not change it. */
  bytes(): Uint8Array {
    return this.#memory.subarray(0, this.length)
  }

  #makeRoom(more: number): void {
    let room = this.#memory.length
    while (room < this.length + more) room *= 2
    if (room === this.#memory.length) return
    const grown = new Uint8Array(room)
    grown.set(this.bytes())
    this.#memory = grown
  }
}
