import { AnonymizeError } from './errors.js'

const maxDepth = 64
const maxObjects = 10_000

/**
 * @internal
 *
 * Reads untrusted data, each property once, through its descriptor: no getter runs, and what was checked is what is used.
 * One walk reads one record.
 */
export class Walk {
  #ancestors: object[] = []
  #objects = 0

  /**
   * Enters an object or array, which {@link leave} leaves again.
   *
   * @throws {@link AnonymizeError} `ERR_RECORD_CYCLE`, `ERR_RECORD_TOO_LARGE`, `ERR_RECORD_NOT_PLAIN`
   */
  enter(value: object): void {
    if (this.#ancestors.includes(value)) throw new AnonymizeError('ERR_RECORD_CYCLE', 'a record contains itself')
    this.#objects += 1
    if (this.#ancestors.length >= maxDepth || this.#objects > maxObjects) {
      throw new AnonymizeError(
        'ERR_RECORD_TOO_LARGE',
        `a record nests deeper than ${maxDepth} or holds over ${maxObjects} objects`,
      )
    }
    if (!Array.isArray(value) && !isPlainObject(value)) throw notPlain()
    this.#ancestors.push(value)
  }

  leave(): void {
    this.#ancestors.pop()
  }

  /** The deep copy of a value that is a JSON value, a date or absent. */
  copy(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return scalar(value)
    if (value instanceof Date) return copyDate(value)
    this.enter(value)
    const copy = Array.isArray(value) ? this.#copyArray(value) : this.#copyObject(value)
    this.leave()
    return copy
  }

  #copyArray(array: readonly unknown[]): unknown[] {
    const copy: unknown[] = []
    for (let index = 0; index < array.length; index += 1) copy.push(this.copy(property(array, index)))
    return copy
  }

  #copyObject(object: object): object {
    const copy = {}
    for (const key of Object.keys(object)) setProperty(copy, key, this.copy(property(object, key)))
    return copy
  }
}

/**
 * @internal
 *
 * @throws {@link AnonymizeError} `ERR_RECORD_ACCESSOR`, and `ERR_RECORD_NOT_PLAIN` for the hole of an array.
 */
export function property(object: object, key: PropertyKey): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(object, key)
  if (descriptor === undefined) throw notPlain()
  if (!('value' in descriptor)) throw new AnonymizeError('ERR_RECORD_ACCESSOR', 'a record has a getter or setter')
  return descriptor.value
}

/** @internal Sets an own property whatever its name: assignment to `__proto__` would replace the prototype instead. */
export function setProperty(object: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
  } else {
    ;(object as Record<string, unknown>)[key] = value
  }
}

/** @internal Prototypes are told by their own prototype, so that objects of another realm are plain too. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null
}

function scalar(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') throw notPlain()
  return value
}

/** Only a real date has a time; an object that merely inherits from `Date` does not. */
function copyDate(value: Date): Date {
  try {
    return new Date(Date.prototype.getTime.call(value))
  } catch {
    throw notPlain()
  }
}

function notPlain(): AnonymizeError {
  return new AnonymizeError('ERR_RECORD_NOT_PLAIN', 'a record holds something that is neither a JSON value nor a date')
}
