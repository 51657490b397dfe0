/**
 * The keys under which links of one scope are stored.
 *
 * @module
 */

import type { Pepper, PepperRing } from '../link-service.js'
import type { LinkKey } from '../link-store.js'
import type { Scope } from '../scope.js'
import { type ScopeBytes, scopeArgument } from './derive.js'
import { identityDigest, opaqueDigest, pepperArgument } from './digest.js'
import type { EncodedRespondent } from './respondent-codec.js'

/** Where the row of a link is, if it has one. */
export interface PepperedKey extends LinkKey {
  readonly pepperId: string
}

/** One key for each pepper, the current one first. */
export type PepperedKeys = readonly [PepperedKey, ...PepperedKey[]]

/** Turns links into keys; the peppers stay inside. */
export class LinkKeys {
  readonly #scope: Scope
  readonly #bytes: ScopeBytes
  readonly #peppers: readonly [Pepper, ...Pepper[]]

  constructor(scope: Scope, peppers: PepperRing) {
    this.#scope = scope
    this.#bytes = scopeArgument(scope)
    this.#peppers = pepperArgument(peppers)
  }

  ofOpaque(id: Uint8Array): PepperedKeys {
    return this.#keys((pepper) => opaqueDigest(pepper, this.#bytes, id))
  }

  ofSealed(respondent: EncodedRespondent, serial: number): PepperedKeys {
    return this.#keys((pepper) => identityDigest(pepper, this.#bytes, respondent, serial))
  }

  #keys(digest: (pepper: Pepper) => string): PepperedKeys {
    const { survey, purpose } = this.#scope
    const key = (pepper: Pepper): PepperedKey => ({ survey, purpose, digest: digest(pepper), pepperId: pepper.id })
    const [current, ...others] = this.#peppers
    return [key(current), ...others.map(key)]
  }
}
