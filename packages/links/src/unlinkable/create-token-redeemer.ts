/**
 * Accepting answers that come with a token.
 *
 * @module
 */

import { sha256 } from '@noble/hashes/sha2.js'
import { invalidArgumentValue } from '@surveyseal/core/errors'
import { encodeBase64url } from '../lib/base64url.js'
import { SALT_BYTES, signatureInvalid } from './lib/blind.js'
import { readPublicKey } from './lib/public-key.js'
import { decodeToken, prepare, waveContext } from './lib/token.js'
import { verifyPss } from './lib/verify-pss.js'
import type { SpentTokenStore } from './spent-token-store.js'
import type { PublishedWave } from './wave.js'

/** What {@link createTokenRedeemer} needs. */
export interface TokenRedeemerOptions<Tx> {
  readonly wave: PublishedWave
  /** The wave as it was published with keys it had before, if their tokens are still good. Never a stolen key's. */
  readonly replaced?: readonly PublishedWave[]
  readonly store: SpentTokenStore<Tx>
}

/** The host's part of an answer. */
export interface RedeemOptions<Tx, T> {
  /** Writes the answer; it is kept exactly when the token is spent. May run again when the database asks for a retry. */
  accept(tx: Tx): Promise<T>
}

/**
 * - `accepted`: the token is spent and what `accept` wrote is kept.
 * - `repeated`: the token was spent before; `accept` did not run, whether the answer is the same or not.
 */
export type Redemption<T> = { readonly outcome: 'accepted'; readonly value: T } | { readonly outcome: 'repeated' }

/** Accepts one answer for each token of a wave. */
export interface TokenRedeemer<Tx> {
  readonly wave: PublishedWave
  /**
   * Verifies a token and spends it in one transaction with the host's own write.
   *
   * Kept is a digest of the token's message: no instant, no link, and nothing of the answer, so a repeated submission
   * cannot be compared with the first.
   *
   * @throws UnlinkableError `ERR_UNLINKABLE_MALFORMED`, `ERR_UNLINKABLE_SIGNATURE_INVALID`.
   */
  redeem<T>(token: string, options: RedeemOptions<Tx, T>): Promise<Redemption<T>>
  /** How many answers of the wave were accepted. */
  accepted(): Promise<number>
}

/**
 * Makes what accepts the answers of one wave. It needs the public key alone: run it where nobody knows the invitees.
 *
 * @param options - See {@link TokenRedeemerOptions}.
 * @returns The redeemer.
 * @throws UnlinkableError `ERR_UNLINKABLE_KEY_INVALID` when the published key is none.
 * @typeParam Tx - The store's transaction handle.
 *
 * @example
 * The endpoint that takes answers, on the store for tests.
 *
 * ```ts
 * import { memorySpentTokenStore } from '@surveyseal/links/testing'
 * import { createAnswerHandler, createTokenRedeemer, type PublishedWave } from '@surveyseal/links/unlinkable'
 *
 * export function answerEndpoint(wave: PublishedWave, answers: unknown[]) {
 *   const redeemer = createTokenRedeemer({ wave, store: memorySpentTokenStore() })
 *   return createAnswerHandler(redeemer, {
 *     origins: ['https://invitations.example'],
 *     accept: async (tx, answer) => tx.onCommit(() => answers.push(answer)),
 *   })
 * }
 * ```
 */
export function createTokenRedeemer<Tx>(options: TokenRedeemerOptions<Tx>): TokenRedeemer<Tx> {
  const { wave: published, replaced = [], store } = options
  const { tenant, survey, wave } = published
  const others = replaced.some((old) => old.tenant !== tenant || old.survey !== survey || old.wave !== wave)
  if (others) throw invalidArgumentValue('replaced', 'the same wave')
  const context = waveContext(published)
  const moduli = [published, ...replaced].map(({ key }) => readPublicKey(key).modulus)
  return {
    wave: published,
    async redeem(token, { accept }) {
      const message = await verifiedMessage(token, moduli, context)
      const tokenHash = encodeBase64url(sha256(message))
      return store.transaction(async (inner, tx) => {
        if (!(await inner.spend({ survey, wave, tokenHash }))) return { outcome: 'repeated' }
        return { outcome: 'accepted', value: await accept(tx) }
      })
    },
    accepted: () => store.count({ survey, wave }),
  }
}

/** The message of a token that is signed under one of the keys. */
async function verifiedMessage(token: string, moduli: readonly Uint8Array[], context: Uint8Array): Promise<Uint8Array> {
  const { prefix, signature } = decodeToken(
    token,
    moduli.map(({ length }) => length),
  )
  const message = prepare(prefix, context)
  for (const modulus of moduli.filter(({ length }) => length === signature.length)) {
    if (await verifyPss(modulus, { message, signature, saltBytes: SALT_BYTES })) return message
  }
  throw signatureInvalid()
}
