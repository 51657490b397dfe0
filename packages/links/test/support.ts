import { expect } from 'vitest'
import { generateKeyring, type Keyring, loadKeyring, type Scope } from '../src/index.js'

export const SCOPE: Scope = { tenant: 'acme', survey: 'onboarding', purpose: 'survey' }
export const UUID = '0b9f6a3e-51d2-4c8e-9d0a-7f6f2f3c1a55'
export const BASE_URL = 'https://feedback.example/s'
export const NOW: Date = new Date('2026-11-22T12:00:00Z')
export const LATER: Date = new Date('2026-12-24T18:00:00Z')

export function newKeyring(): Promise<Keyring> {
  return loadKeyring(generateKeyring())
}

/** The code of what `run` throws, or `null` when it does not throw. */
export function codeOf(run: () => unknown): unknown {
  try {
    run()
    return null
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

/** Like {@link codeOf}, for promises. */
export function rejectionCodeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => (error as { code?: unknown }).code,
  )
}

/** Everything an error shows when it is logged holds nothing of `secret`. */
export function expectSilentAbout(secret: string, run: () => unknown): void {
  try {
    run()
  } catch (error) {
    const shown = [String(error), JSON.stringify(error), JSON.stringify(Object.entries(error as object))].join()
    expect(shown).not.toContain(secret)
    return
  }
  throw new Error('nothing was thrown')
}
