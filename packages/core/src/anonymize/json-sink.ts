/**
 * @internal
 *
 * JSON as bytes, in memory that grows. Text is written byte by byte where it is plain, because joining texts and encoding the
 * whole takes longer than all the rest.
 */
export class JsonSink {
  #bytes = new Uint8Array(2 ** 16)
  #length = 0

  /** Bytes as they are. */
  piece(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Some of the bytes as they are. They are few, so that a loop is faster than a view of them. */
  range(bytes: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start)
    const target = this.#bytes
    let at = this.#length
    for (let index = start; index < end; index += 1) target[at++] = bytes[index] as number
    this.#length = at
  }

  /** What `JSON.stringify` gives for a scalar. */
  scalar(value: unknown): void {
    if (typeof value === 'string') this.#string(value)
    else this.#ascii(typeof value === 'number' && !Number.isFinite(value) ? 'null' : String(value))
  }

  /** Text that has no lone surrogates. */
  text(text: string): void {
    this.#reserve(text.length * 3)
    this.#length += ENCODER.encodeInto(text, this.#bytes.subarray(this.#length)).written
  }

  /** Hands out what was written and begins anew. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length)
    this.#bytes = new Uint8Array(this.#bytes.length)
    this.#length = 0
    return taken
  }

  /** Most texts are ASCII that JSON leaves as it is. */
  #string(text: string): void {
    this.#reserve(text.length + 2)
    const bytes = this.#bytes
    let at = this.#length
    bytes[at++] = QUOTE
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) {
        this.text(JSON.stringify(text))
        return
      }
      bytes[at++] = code
    }
    bytes[at++] = QUOTE
    this.#length = at
  }

  #ascii(text: string): void {
    this.#reserve(text.length)
    const bytes = this.#bytes
    let at = this.#length
    for (let index = 0; index < text.length; index += 1) bytes[at++] = text.charCodeAt(index)
    this.#length = at
  }

  #reserve(length: number): void {
    const needed = this.#length + length
    if (needed <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const ENCODER = new TextEncoder()
