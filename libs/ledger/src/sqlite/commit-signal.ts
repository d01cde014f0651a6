/**
 * Wakes readers in this and other threads when something was committed. It lies in shared memory and counts commits, so that who reads
 * the count first and the store then can't miss one. Hand `memory` to a worker and build its signal there.
 */
export class CommitSignal {
  readonly memory: SharedArrayBuffer
  readonly #cells: Int32Array<SharedArrayBuffer>

  constructor(memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory
    this.#cells = new Int32Array(memory)
  }

  /** How many commits there were, modulo 2^32. */
  count(): number {
    return Atomics.load(this.#cells, 0)
  }

  announce(): void {
    Atomics.add(this.#cells, 0, 1)
    Atomics.notify(this.#cells, 0)
  }

  /** Resolves when the count isn't `seen` any more, after `patience` ms, or when `signal` aborts. */
  async next(seen: number, patience: number, signal: AbortSignal): Promise<void> {
    const waiting = Atomics.waitAsync(this.#cells, 0, seen, patience)
    if (!waiting.async || signal.aborted) return
    await new Promise<void>((resolve) => {
      // The timer also keeps the thread alive, which waiting for shared memory does not.
      const timer = setTimeout(done, patience)
      signal.addEventListener('abort', done)
      waiting.value.then(done, done)
      function done(): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
    })
  }
}
