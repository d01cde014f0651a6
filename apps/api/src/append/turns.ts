/** Work that must not overlap: for one key one after the other, in the order asked for, whether the one before succeeds or fails. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>()

  take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const turn = (this.last.get(key) ?? Promise.resolve()).then(work, work)
    this.last.set(key, turn)
    const leave = () => {
      if (this.last.get(key) === turn) this.last.delete(key)
    }
    turn.then(leave, leave)
    return turn
  }
}
