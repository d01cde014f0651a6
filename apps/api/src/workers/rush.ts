/** Cells of the shared memory: whether recording takes all that a thread can give, and when, in ms since 1970, somebody last looked. */
const RUSH = 0
const LOOKED = 1

/** In ms: who looked so long ago may look again. Longer than a query waits for what it must show. */
const ATTENTION = 6_000

/**
 * Whether those who record need the processors more than those who look, as the thread that records knows it: hand `memory` to a worker
 * and ask there.
 */
export class Rush {
  readonly memory: SharedArrayBuffer
  readonly #cells: BigInt64Array<SharedArrayBuffer>

  constructor(memory = new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT)) {
    this.memory = memory
    this.#cells = new BigInt64Array(memory)
  }

  set isOn(isOn: boolean) {
    Atomics.store(this.#cells, RUSH, isOn ? 1n : 0n)
  }

  /** Somebody asks the views for something, or waits for them. */
  looked(): void {
    Atomics.store(this.#cells, LOOKED, BigInt(Date.now()))
  }

  /** Nobody sees that views are behind, and recording goes faster for it. */
  readonly mayRest = (): boolean =>
    Atomics.load(this.#cells, RUSH) === 1n && Date.now() - Number(Atomics.load(this.#cells, LOOKED)) > ATTENTION
}
