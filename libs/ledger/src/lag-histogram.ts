const BUCKETS = 60
const FACTOR = 1.25
const COUNT = 0
const SUM = 1
const FIRST_BUCKET = 2

/** The upper bounds of the buckets in milliseconds: 1, 1.25, … (each a quarter more) to 8.5 minutes; above them is one without bound. */
const BOUNDS = Array.from({ length: BUCKETS }, (_, i) => FACTOR ** i)

/**
 * How long events took from recordedAt until they were visible. It lies in shared memory: one thread counts, others may look.
 * Hand `memory` over and build the same histogram there.
 */
export class LagHistogram {
  readonly memory: SharedArrayBuffer
  readonly #cells: Float64Array<SharedArrayBuffer>

  constructor(memory = new SharedArrayBuffer((FIRST_BUCKET + BUCKETS + 1) * Float64Array.BYTES_PER_ELEMENT)) {
    this.memory = memory
    this.#cells = new Float64Array(memory)
  }

  add(milliseconds: number, events = 1): void {
    const lag = Math.max(0, milliseconds)
    const bucket = lag <= 1 ? 0 : Math.min(BUCKETS, Math.ceil(Math.log(lag) / Math.log(FACTOR) - 1e-9))
    this.#increase(COUNT, events)
    this.#increase(SUM, lag * events)
    this.#increase(FIRST_BUCKET + bucket, events)
  }

  get count(): number {
    return this.#cells[COUNT] ?? 0
  }

  /** Of all lags, in milliseconds. */
  get sum(): number {
    return this.#cells[SUM] ?? 0
  }

  /** How many events took at most `bound` ms, for each bound; the last is Infinity. */
  buckets(): { bound: number; events: number }[] {
    let events = 0
    return [...BOUNDS, Number.POSITIVE_INFINITY].map((bound, i) => {
      events += this.#cells[FIRST_BUCKET + i] ?? 0
      return { bound, events }
    })
  }

  /** The bound in ms below which a share `p` (0–1) of the events stayed, a quarter too high at most; 0 without events. */
  percentile(p: number): number {
    const wanted = p * this.count
    return this.count === 0 ? 0 : (this.buckets().find(({ events }) => events >= wanted)?.bound ?? Number.POSITIVE_INFINITY)
  }

  reset(): void {
    this.#cells.fill(0)
  }

  #increase(cell: number, by: number): void {
    this.#cells[cell] = (this.#cells[cell] ?? 0) + by
  }
}
