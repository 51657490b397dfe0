/**
 * A wave of a survey and the one key that signs its tokens.
 *
 * @module
 */

/**
 * The wave that a token is good for. Each part is 1 to 128 bytes of UTF-8 without control characters, compared byte for
 * byte; a token of one wave is worth nothing in another.
 */
export interface WaveScope {
  /** Whose respondents these are: one customer of the host. */
  readonly tenant: string
  readonly survey: string
  /** One round of the survey: everybody invited to it has one token. */
  readonly wave: string
}

/** An RSA public key as a JWK (RFC 7518 §6.3). */
export interface WavePublicKey {
  readonly kty: 'RSA'
  readonly n: string
  readonly e: string
}

/** What everybody may know of a wave, the same for every invitee. It is JSON. */
export interface PublishedWave extends WaveScope {
  readonly version: 1
  /**
   * SHA-256 of the key as RSASSA-PSS SubjectPublicKeyInfo, the token key id of RFC 9578 §6.5: 43 characters of base64url.
   * This is what a page pins.
   */
  readonly keyId: string
  readonly key: WavePublicKey
}

/** An RSA private key as a JWK. */
export interface WavePrivateKey extends WavePublicKey {
  readonly d: string
  readonly p: string
  readonly q: string
  readonly dp: string
  readonly dq: string
  readonly qi: string
}

/** The content of a wave's key file; secret. It is JSON. */
export interface WaveKeyDocument extends WaveScope {
  readonly version: 1
  readonly keyId: string
  readonly key: WavePrivateKey
}
