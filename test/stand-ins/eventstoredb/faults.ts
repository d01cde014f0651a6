/** How an append goes wrong: when, and what the client is told. `lost`: its connection breaks. `silence`: no answer ever comes. */
export interface AppendFault {
  readonly when: 'before-storing' | 'after-storing'
  readonly answer: 'unavailable' | 'timeout' | 'lost' | 'silence'
}

/** The faults that wait for the next appends, first in, first out. */
export class Faults {
  readonly #appends: AppendFault[] = []
  #everyAppend: (() => AppendFault | null) | null = null

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
