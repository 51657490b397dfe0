/**
 * A map that forgets what was not used for longest.
 *
 * @module
 */

export class BoundedCache<Value> {
  readonly #capacity: number
  readonly #values = new Map<string, Value>()
  #newest: string | undefined

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Gives the value under `key`, made by `make` when it is not there. */
  get(key: string, make: () => Value): Value {
    const known = this.#values.get(key)
    if (known !== undefined && key === this.#newest) return known
    const value = known ?? make()
    // A Map iterates in the order of insertion: the first key is the one unused for longest.
    this.#values.delete(key)
    this.#values.set(key, value)
    this.#newest = key
    const [oldest] = this.#values.keys()
    if (this.#values.size > this.#capacity && oldest !== undefined) this.#values.delete(oldest)
    return value
  }

  /** Forgets everything and gives what was there. */
  clear(): Value[] {
    const values = [...this.#values.values()]
    this.#values.clear()
    this.#newest = undefined
    return values
  }
}
