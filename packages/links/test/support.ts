import { expect } from 'vitest'
import { generateKeyring, type Keyring, loadKeyring, type Scope } from '../src/index.js'
import type { Siv } from '../src/lib/backend.js'

export const SCOPE: Scope = { tenant: 'acme', survey: 'onboarding', purpose: 'survey' }
export const UUID = '0b9f6a3e-51d2-4c8e-9d0a-7f6f2f3c1a55'
export const BASE_URL = 'https://feedback.example/s'
export const NOW: Date = new Date('2026-11-22T12:00:00Z')
export const LATER: Date = new Date('2026-12-24T18:00:00Z')

export function newKeyring(): Promise<Keyring> {
  return loadKeyring(generateKeyring())
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

/** What sealing in place makes of a plaintext. */
export function sealWith(siv: Siv, plaintext: Uint8Array): Uint8Array {
  const bytes = Uint8Array.of(...new Uint8Array(16), ...plaintext)
  siv.seal(bytes, 0, bytes.length)
  return bytes
}

/** The same for many at once, with a byte between one and the next that must not change. */
export function sealAllWith(siv: Siv, plaintexts: readonly Uint8Array[]): Uint8Array[] {
  const bytes = Uint8Array.from(plaintexts.flatMap((plaintext) => [7, ...new Uint8Array(16), ...plaintext]))
  const ranges: number[] = []
  for (const { length } of plaintexts) {
    const start = (ranges.at(-1) ?? 0) + 1
    ranges.push(start, start + 16 + length)
  }
  siv.sealAll(bytes, ranges)
  for (let at = 0; at < ranges.length; at += 2) expect(bytes[(ranges[at] ?? 0) - 1]).toBe(7)
  return plaintexts.map((_, at) => bytes.slice(ranges[at * 2], ranges[at * 2 + 1]))
}

/** What opening in place makes of what was sealed, or `null`; then nothing of it is left. */
export function openWith(siv: Siv, sealed: Uint8Array): Uint8Array | null {
  const bytes = Uint8Array.from(sealed)
  if (siv.open(bytes, 0, bytes.length)) return bytes.subarray(16)
  expect(bytes.every((byte) => byte === 0)).toBe(true)
  return null
}
