// What one redemption runs, as a careful engineer writes it for the tables that `migrate` makes. Parameters are `$n`, each
// used once and in their order, so that SQLite numbers them alike.

const key = (first) =>
  `tenant = $${first} AND survey = $${first + 1} AND purpose = $${first + 2} AND digest = $${first + 3}`
const usable = (first) => `uses_left > 0 AND revoked_at IS NULL
  AND (valid_from IS NULL OR valid_from <= $${first}) AND (valid_until IS NULL OR valid_until > $${first + 1})`

export const statements = {
  find: `SELECT respondent, uses_left, valid_from, valid_until, revoked_at FROM surveyseal_links WHERE ${key(1)}`,
  suppressed: 'SELECT digest FROM surveyseal_link_suppressions WHERE tenant = $1 AND digest IN ($2, $3, $4)',
  note: `INSERT INTO surveyseal_link_spends (tenant, survey, purpose, digest, idempotency_key)
SELECT tenant, survey, purpose, digest, $1 FROM surveyseal_links WHERE ${key(2)} AND ${usable(6)}
ON CONFLICT DO NOTHING`,
  isNoted: `SELECT 1 FROM surveyseal_link_spends WHERE ${key(1)} AND idempotency_key = $5`,
  use: `UPDATE surveyseal_links SET uses_left = uses_left - 1 WHERE ${key(1)} AND ${usable(5)}`,
  dropDraft: `DELETE FROM surveyseal_link_drafts WHERE ${key(1)}`,
  answer: 'INSERT INTO answers (id, body) VALUES ($1, $2)',
}
