/** How an append goes wrong: when, and what the client is told. `lost`: its connection breaks. `silence`: no answer ever comes. */
export interface AppendFault {
  readonly when: 'before-storing' | 'after-storing'
  readonly answer: 'unavailable' | 'timeout' | 'lost' | 'silence'
}

/** The faults that wait for the next appends, first in, first out. */
export class Faults {
  readonly #appends: AppendFault[] = []
  #everyAppend: (() => AppendFault | null) | null = null

  #starts = 0

  /**
   * So many questions for what the server can do are answered with HTTP status 500, as by one that is still starting (the remarks of
   * kurrent-io/KurrentDB, src/KurrentDB.Core/Services/Transport/Grpc/NotReadyInterceptor.cs).
   */
  failNextStarts(count: number): void {
    this.#starts = count
  }

  takeStartFault(): boolean {
    return this.#starts > 0 && this.#starts-- > 0
  }

  failNextAppend(fault: AppendFault): void {
    this.#appends.push(fault)
  }

  /** Asked at each append, until set to null. */
  failAppendsBy(choose: (() => AppendFault | null) | null): void {
    this.#everyAppend = choose
  }

  takeAppendFault(): AppendFault | null {
    return this.#appends.shift() ?? this.#everyAppend?.() ?? null
  }
}
