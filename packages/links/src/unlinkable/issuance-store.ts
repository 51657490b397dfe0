/**
 * The port that remembers who of a wave has a token.
 *
 * @module
 */

/** The wave a row belongs to. The tenant belongs to the store itself. */
export interface WaveRef {
  readonly survey: string
  readonly wave: string
}

/** How a wave was opened. It never changes. */
export interface WaveRecord extends WaveRef {
  /** Digest that only the wave's pepper gives: 43 characters of base64url. */
  readonly pepperCheck: string
  /** The cohort floor. */
  readonly floor: number
}

/** Who a token is for. */
export interface IssuanceRef extends WaveRef {
  /** Keyed digest of the respondent reference, not of any link: 43 characters of base64url. */
  readonly person: string
}

/** That a person has a token. It holds no time and no link. */
export interface IssuanceRecord extends IssuanceRef {
  /** SHA-256 of the blinded message that was signed: 43 characters of base64url. */
  readonly blindedHash: string
  readonly keyId: string
}

/**
 * Storage of issuances for one tenant. Rows are kept so that neither their position nor anything else tells their order.
 *
 * Every implementation passes `issuanceStoreContract` of `@surveyseal/links/testing`.
 *
 * @typeParam Tx - The handle a host writes its own rows with inside {@link IssuanceStore.transaction}.
 */
export interface IssuanceStore<Tx> {
  /** Adds the wave unless it is there, and gives the record that is there then. */
  openWave(wave: WaveRecord): Promise<WaveRecord>
  /** Adds the issuance unless the person has one; tells whether it did, which of two racing callers only one is told. */
  claim(issuance: IssuanceRecord): Promise<boolean>
  /** Reads one issuance; changes nothing. */
  find(issuance: IssuanceRef): Promise<IssuanceRecord | null>
  /** Removes the issuance, if there is one. */
  remove(issuance: IssuanceRef): Promise<void>
  /** How many people of the wave have a token. */
  count(wave: WaveRef): Promise<number>
  /** Runs everything inside, the host's writes through `tx` included, as one: all of it is kept or nothing. */
  transaction<T>(run: (store: IssuanceStore<Tx>, tx: Tx) => Promise<T>): Promise<T>
}
