/** What became of the events of one run. */
export class Tally {
  readonly #say: (line: string) => void
  readonly #live: ((line: string) => void) | null
  /** Where the events that are under way stand in the input, by id. */
  readonly places = new Map<string, string>()
  read = 0
  queued = 0
  recorded = 0
  repeated = 0
  refused = 0

  /** `say`: for lines that stay; `live`: for the one line of progress, where somebody watches. */
  constructor(say: (line: string) => void, live: ((line: string) => void) | null) {
    this.#say = say
    this.#live = live
  }

  refuse(where: string, message: string): void {
    this.refused++
    this.#say(`${where}: ${message}`)
  }

  show(): void {
    this.#live?.(`\r${this.read} read, ${this.queued} queued, ${this.recorded} recorded, ${this.refused} refused`)
  }

  finish(sentence: string): void {
    this.#live?.('\r\u001b[K')
    this.#say(sentence)
  }
}
