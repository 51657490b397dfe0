import { expect } from 'vitest'

/** The code a call fails with; fails itself when the call does not. */
export async function codeOf(run: (() => unknown) | Promise<unknown>): Promise<unknown> {
  try {
    await (typeof run === 'function' ? run() : run)
  } catch (error) {
    return (error as { code?: unknown }).code ?? error
  }
  return expect.unreachable('nothing was thrown')
}
