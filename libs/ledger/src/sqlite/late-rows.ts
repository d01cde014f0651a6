interface LateStream {
  /** The version of the first late event. */
  readonly from: number
  readonly positions: number[]
}

interface Added {
  readonly stream: number
  readonly key: string
}

/**
 * The events that are not indexed yet, by stream and version and by stream and id. What was added since `settle` or `undo` is undone by
 * `undo`, as a rollback does with the rows.
 */
export class LateRows {
  readonly #streams = new Map<number, LateStream>()
  readonly #ids = new Map<string, number>()
  #unsettled: Added[] = []

  get size(): number {
    return this.#ids.size
  }

  add(row: { readonly stream: number; readonly version: number; readonly id: string; readonly position: number }): void {
    const { stream, version, position } = row
    const late = this.#streams.get(stream)
    if (late === undefined) this.#streams.set(stream, { from: version, positions: [position] })
    else late.positions.push(position)
    const key = keyOf(stream, row.id)
    this.#ids.set(key, position)
    this.#unsettled.push({ stream, key })
  }

  /** After a commit. */
  settle(): void {
    this.#unsettled = []
  }

  /** After a rollback. */
  undo(): void {
    for (const { stream, key } of this.#unsettled) {
      this.#ids.delete(key)
      const late = this.#streams.get(stream)
      late?.positions.pop()
      if (late?.positions.length === 0) this.#streams.delete(stream)
    }
    this.#unsettled = []
  }

  clear(): void {
    this.#streams.clear()
    this.#ids.clear()
  }

  /** Undefined: all events of the stream are indexed. */
  of(stream: number): LateStream | undefined {
    return this.#streams.get(stream)
  }

  positionOf(stream: number, id: string): number | undefined {
    return this.#ids.get(keyOf(stream, id))
  }
}

function keyOf(stream: number, id: string): string {
  return `${stream}/${id}`
}
