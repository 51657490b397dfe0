import type { Tables } from './tables.js'

/** The statements of issuances and spent tokens. `$1` tenant, `$2` survey, `$3` wave. */
export interface UnlinkableStatements {
  /** `$4` pepper check, `$5` floor. */
  readonly openWave: string
  readonly findWave: string
  /** `$4` person, `$5` blinded hash, `$6` key id. Returns a row if the person had none. */
  readonly claim: string
  /** `$4` person. */
  readonly findIssuance: string
  /** `$4` person. */
  readonly removeIssuance: string
  readonly countIssuances: string
  /** `$4` token hash. Returns a row if it is new. */
  readonly spend: string
  readonly countSpent: string
}

/** Writes the statements for the tables of one prefix; both engines run the same text. */
export function unlinkableStatements({ waves, issuances, spentTokens }: Tables): UnlinkableStatements {
  const wave = 'tenant = $1 AND survey = $2 AND wave = $3'
  return {
    openWave: `INSERT INTO ${waves} (tenant, survey, wave, pepper_check, cohort_floor) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING`,
    findWave: `SELECT survey, wave, pepper_check AS "pepperCheck", cohort_floor AS "floor" FROM ${waves} WHERE ${wave}`,
    claim: `INSERT INTO ${issuances} (tenant, survey, wave, person, blinded_hash, key_id) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING`,
    findIssuance: `SELECT survey, wave, person, blinded_hash AS "blindedHash", key_id AS "keyId"
FROM ${issuances} WHERE ${wave} AND person = $4`,
    removeIssuance: `DELETE FROM ${issuances} WHERE ${wave} AND person = $4`,
    countIssuances: `SELECT count(*) AS number FROM ${issuances} WHERE ${wave}`,
    spend: `INSERT INTO ${spentTokens} (tenant, survey, wave, token_hash) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING`,
    countSpent: `SELECT count(*) AS number FROM ${spentTokens} WHERE ${wave}`,
  }
}
