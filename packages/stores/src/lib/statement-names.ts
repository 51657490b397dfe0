import { createHash } from 'node:crypto'

// The stores have fewer; a host that writes values into its texts must not fill the server's memory with them.
const namesAtMost = 256

/**
 * Names for texts that are worth keeping parsed. They tell nothing but the text, so that two pools on one server, or two processes
 * behind one pooler, never mean different statements by one name.
 */
export class StatementNames {
  readonly #names = new Map<string, string>()

  /** Gives a statement its name, or null when it is to be run without one. */
  of(text: string): string | null {
    const known = this.#names.get(text)
    if (known !== undefined) return known
    if (this.#names.size >= namesAtMost || !/^\s*(?:select|insert|update|delete)\b/i.test(text)) return null
    const name = `surveyseal_${createHash('sha256').update(text).digest('base64url')}`
    this.#names.set(text, name)
    return name
  }
}
