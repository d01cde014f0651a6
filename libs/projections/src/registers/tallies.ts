import type { Cell, Merge } from '../read-model/read-model.ts'
import type { RegisterEvent } from './register-event.ts'

/** What a register counts of each of its things; every row has all of it from the beginning. */
export interface Tally {
  readonly events: number
  /** When the last event about it occurred, in milliseconds since 1970. */
  readonly last: number
  /** The newest version of its stream, or -1. */
  readonly version: number
}

export const tallyColumns = { events: 'integer', last: 'integer', version: 'integer' } as const
export const TALLY = ['events', 'last', 'version'] as const
export const NOTHING_COUNTED = [0, 0, -1] as const
export const mergeTally: Merge<'events' | 'last' | 'version'> = { events: 'sum', last: 'greatest', version: 'greatest' }

interface CountedThing {
  readonly workspace: string
  readonly id: string
  events: number
  last: number
  version: number
}

/** What a batch says of the things of one kind. */
export class Tallies {
  readonly #kind: string
  readonly #things = new Map<string, CountedThing>()

  /** `kind`: as references begin, `aisystem:`. */
  constructor(kind: string) {
    this.#kind = kind
  }

  count(event: RegisterEvent): void {
    const { workspace, about, occurred, thing, recorded } = event
    for (const reference of about) {
      if (!reference.startsWith(this.#kind) || reference.includes('@')) continue
      const counted = this.#thing(workspace, reference.slice(this.#kind.length))
      counted.events++
      if (occurred > counted.last) counted.last = occurred
      if (reference === thing && recorded.streamVersion > counted.version) counted.version = recorded.streamVersion
    }
  }

  rows(): Cell[][] {
    return [...this.#things.values()].map(({ workspace, id, events, last, version }) => [workspace, id, events, last, version])
  }

  #thing(workspace: string, id: string): CountedThing {
    const key = `${workspace} ${id}`
    const known = this.#things.get(key)
    if (known) return known
    const made = { workspace, id, ...NEW }
    this.#things.set(key, made)
    return made
  }
}

const NEW = { events: 0, last: 0, version: -1 }
