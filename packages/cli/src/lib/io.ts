/**
 * Everything a command touches outside itself.
 *
 * @module
 */

import type { Readable, Writable } from 'node:stream'

/** The process a command runs in, or a test's stand-in for it. */
export interface Io {
  readonly stdin: Readable
  readonly stdout: Writable
  /** A terminal says so with `isTTY`. */
  readonly stderr: Writable & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
}
