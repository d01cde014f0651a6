/**
 * A map that forgets what was not used for long. Its entries weigh at most about `capacity` together, and those used last, up to half of
 * it, stay. Two generations instead of an order by use, so that a hit costs one look-up.
 */
export class RecentlyUsed<K, V> {
  readonly #generation: number
  readonly #weigh: (value: V) => number
  #young = new Map<K, Weighed<V>>()
  #old = new Map<K, Weighed<V>>()
  #weight = 0

  constructor(capacity: number, weigh: (value: V) => number = () => 1) {
    this.#generation = Math.max(1, Math.floor(capacity / 2))
    this.#weigh = weigh
  }

  get(key: K): V | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young.value
    const old = this.#old.get(key)
    if (old === undefined) return undefined
    this.set(key, old.value)
    return old.value
  }

  /** Also to be called when the weight of a value changed. */
  set(key: K, value: V): void {
    const weight = this.#weigh(value)
    this.#weight += weight - (this.#young.get(key)?.weight ?? 0)
    this.#young.set(key, { value, weight })
    if (this.#weight > this.#generation) this.#age()
  }

  delete(key: K): void {
    this.#weight -= this.#young.get(key)?.weight ?? 0
    this.#young.delete(key)
    this.#old.delete(key)
  }

  #age(): void {
    this.#old = this.#young
    this.#young = new Map()
    this.#weight = 0
  }
}

interface Weighed<V> {
  readonly value: V
  readonly weight: number
}
