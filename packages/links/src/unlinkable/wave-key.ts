/**
 * The private key of a wave: made, loaded, published.
 *
 * @module
 */

import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { encodeBase64url } from '../lib/base64url.js'
import { UnlinkableError } from './errors.js'
import { assertResidue, blindSign, type SigningPair } from './lib/blind-sign.js'
import { encodeSpki, fromBigInt, publicMembers, readPublicKey } from './lib/public-key.js'
import { waveContext } from './lib/token.js'
import type { PublishedWave, WaveKeyDocument, WavePrivateKey, WaveScope } from './wave.js'

const VERSION = 1
const MODULUS_LENGTHS: readonly number[] = [2048, 3072, 4096]
const PRIVATE_MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const

/** How a wave key is made. */
export interface GenerateWaveKeyOptions {
  /**
   * Bits of the modulus: 2048, 3072 or 4096. 3072 is worth 128 bits of security; a signature takes a server about 2 ms.
   *
   * @defaultValue `3072`
   */
  readonly modulusLength?: number
}

/** A loaded wave key. It holds the private key where nothing prints it. */
export interface WaveKey extends WaveScope {
  readonly keyId: string
  /** What to publish, pin and give to pages. */
  publish(): PublishedWave
  /** Throws `ERR_UNLINKABLE_MALFORMED` for what {@link WaveKey.blindSign} would not sign. */
  assertSignable(blinded: Uint8Array): void
  /**
   * Signs a blinded message (RFC 9474 §4.3) and checks the signature before giving it out. It asks nobody and remembers
   * nothing: the token issuer does both, and hosts use that.
   *
   * @throws UnlinkableError `ERR_UNLINKABLE_MALFORMED`, `ERR_UNLINKABLE_SIGNING_FAILED`.
   */
  blindSign(blinded: Uint8Array): Uint8Array
}

/**
 * Makes the key of one wave. Use it for nothing else, and make another for every wave.
 *
 * @param scope - The wave the key is for.
 * @param options - Its length.
 * @returns What to write into the key file, readable by the server alone.
 * @throws TypeError or RangeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * A key, and what is published of it.
 *
 * ```ts
 * import { generateWaveKey, loadWaveKey } from '@surveyseal/links/unlinkable'
 *
 * const document = await generateWaveKey({ tenant: 'acme', survey: 'staff', wave: '2026' })
 * const { keyId, key } = loadWaveKey(document).publish()
 * ```
 */
export async function generateWaveKey(
  scope: WaveScope,
  options: GenerateWaveKeyOptions = {},
): Promise<WaveKeyDocument> {
  const { modulusLength = 3072 } = options
  waveContext(scope)
  if (!MODULUS_LENGTHS.includes(modulusLength)) throw invalidArgumentValue('modulusLength', '2048, 3072 or 4096')
  const algorithm = { name: 'RSA-PSS', modulusLength, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-384' }
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const key = privateMembers(await crypto.subtle.exportKey('jwk', privateKey))
  const { tenant, survey, wave } = scope
  return { version: VERSION, tenant, survey, wave, keyId: keyIdOf(readPublicKey(key).modulus), key }
}

/**
 * Loads what {@link generateWaveKey} made, and checks that both halves of the key belong together.
 *
 * @param source - The document or its JSON text.
 * @returns The key.
 * @throws UnlinkableError `ERR_UNLINKABLE_KEY_INVALID`; the message quotes nothing of the document.
 */
export function loadWaveKey(source: WaveKeyDocument | string): WaveKey {
  const document: unknown = typeof source === 'string' ? parseJson(source) : source
  if (typeof document !== 'object' || document === null) {
    throw invalidArgumentType('source', 'wave key document or its JSON text', source)
  }
  const { version, tenant, survey, wave, keyId, key } = document as Partial<Record<keyof WaveKeyDocument, unknown>>
  if (version !== VERSION) throw keyInvalid('version is not 1')
  const scope = scopeOf({ tenant, survey, wave })
  const { modulus } = readPublicKey(key)
  if (keyId !== keyIdOf(modulus)) throw keyInvalid('keyId is not that of the key')
  return new LoadedWaveKey(scope, keyId, signingPair(key as WavePrivateKey, modulus))
}

class LoadedWaveKey implements WaveKey {
  readonly tenant: string
  readonly survey: string
  readonly wave: string
  readonly keyId: string
  readonly #pair: SigningPair

  constructor({ tenant, survey, wave }: WaveScope, keyId: string, pair: SigningPair) {
    this.tenant = tenant
    this.survey = survey
    this.wave = wave
    this.keyId = keyId
    this.#pair = pair
  }

  publish(): PublishedWave {
    const { tenant, survey, wave, keyId } = this
    const key = publicMembers({ n: encodeBase64url(this.#pair.modulus) })
    return { version: VERSION, tenant, survey, wave, keyId, key }
  }

  assertSignable(blinded: Uint8Array): void {
    assertResidue(blinded, this.#pair.modulus)
  }

  blindSign(blinded: Uint8Array): Uint8Array {
    return blindSign(this.#pair, blinded)
  }
}

function signingPair(key: WavePrivateKey, modulus: Uint8Array): SigningPair {
  try {
    const jwk = privateMembers(key)
    const pair: SigningPair = {
      privateKey: createPrivateKey({ key: { ...jwk }, format: 'jwk' }),
      publicKey: createPublicKey({ key: { ...publicMembers(jwk) }, format: 'jwk' }),
      modulus,
    }
    blindSign(pair, fromBigInt(2n, modulus.length))
    return pair
  } catch {
    throw keyInvalid('its private members are not those of its modulus')
  }
}

function privateMembers(jwk: JsonWebKey | WavePrivateKey): WavePrivateKey {
  const members = PRIVATE_MEMBERS.map((name) => {
    const value = jwk[name]
    if (typeof value !== 'string') throw keyInvalid('a member is missing')
    return [name, value] as const
  })
  return { kty: 'RSA', ...(Object.fromEntries(members) as unknown as Omit<WavePrivateKey, 'kty'>) }
}

function scopeOf(scope: Record<keyof WaveScope, unknown>): WaveScope {
  try {
    waveContext(scope as WaveScope)
    return scope as WaveScope
  } catch {
    throw keyInvalid('tenant, survey and wave are not names')
  }
}

function keyIdOf(modulus: Uint8Array): string {
  return encodeBase64url(createHash('sha256').update(encodeSpki(modulus)).digest())
}

/** The parser's own message quotes what it stumbled over. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw keyInvalid('it is not JSON')
  }
}

function keyInvalid(rule: string): UnlinkableError {
  return new UnlinkableError('ERR_UNLINKABLE_KEY_INVALID', `the wave key is refused: ${rule}`)
}
