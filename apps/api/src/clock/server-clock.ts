/** Cells of the shared memory: how far, in ms, the record's clock is from the machine's, and whether it is simulated. */
const OFFSET = 0
const SIMULATED = 1

/**
 * The clock that the record, keys, deadlines and views go by, in every thread: hand `memory` to a worker and build its clock
 * there. It is the machine's clock, except in a sample organisation: there it begins where the story does, can be set forward, never
 * back, and runs on at the machine's pace in between. What it shows is durable by the events that it stamps: after a restart it
 * goes on from the newest of them.
 */
export class ServerClock {
  readonly memory: SharedArrayBuffer
  readonly #cells: BigInt64Array<SharedArrayBuffer>

  constructor(memory = new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT)) {
    this.memory = memory
    this.#cells = new BigInt64Array(memory)
  }

  /** Milliseconds since 1970. */
  readonly now = (): number => Date.now() + Number(Atomics.load(this.#cells, OFFSET))

  /** `YYYY-MM-DDTHH:mm:ss.sssZ` */
  readonly instant = (): string => new Date(this.now()).toISOString()

  /**
   * By the machine's clock. Sessions and links that sign people in go by it: they are no part of the record, and would end whenever a
   * story moves on.
   */
  readonly machineInstant = (): string => new Date().toISOString()

  /** Never changes once the record is open. */
  get isSimulated(): boolean {
    return Atomics.load(this.#cells, SIMULATED) === 1n
  }

  /** From here on it is `instant`, and this is a sample. Only while the record is being opened, before anybody reads the clock. */
  simulateFrom(instant: string): void {
    Atomics.store(this.#cells, SIMULATED, 1n)
    this.#set(Date.parse(instant))
  }

  /** Sets a simulated clock forward; an instant that has passed changes nothing. @throws Error on a real clock. */
  advance(instant: string): void {
    if (!this.isSimulated) throw new Error('The clock of this folder is real: nobody can set it.')
    const to = Date.parse(instant)
    if (to > this.now()) this.#set(to)
  }

  #set(to: number): void {
    Atomics.store(this.#cells, OFFSET, BigInt(to - Date.now()))
  }
}
