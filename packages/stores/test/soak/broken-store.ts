import type { LinkKey, LinkRecord, LinkStore, Spend, SpendOutcome } from '@surveyseal/links'
import { linkStore } from '../../src/link-store.js'
import type { Sql } from '../../src/sql.js'

/**
 * The negative control: a store whose spend reads, decides, and then writes, with no transaction about it. It passes
 * whatever asks one thing at a time.
 */
export function brokenLinkStore(sql: Sql, options: { readonly tenant: string }): LinkStore<Sql> {
  const store = linkStore(sql, options)
  const broken: Partial<LinkStore<Sql>> = {
    spend: async (key, spend) => readThenWrite(sql, { options, key, spend }, await store.find(key)),
    transaction: (run) => run(proxy, sql),
  }
  const proxy: LinkStore<Sql> = new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(name in broken ? broken : target, name)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
  return proxy
}

interface Attempt {
  readonly options: { readonly tenant: string }
  readonly key: LinkKey
  readonly spend: Spend
}

async function readThenWrite(sql: Sql, attempt: Attempt, record: LinkRecord | null): Promise<SpendOutcome> {
  const { survey, purpose, digest } = attempt.key
  const key = [attempt.options.tenant, survey, purpose, digest]
  const noted = await sql.query(
    `SELECT 1 AS noted FROM surveyseal_link_spends
WHERE tenant = $1 AND survey = $2 AND purpose = $3 AND digest = $4 AND idempotency_key = $5`,
    [...key, attempt.spend.idempotencyKey],
  )
  if (noted.length > 0) return 'repeated'
  if (record === null || record.usesLeft < 1 || record.revokedAt !== null) return 'refused'
  await sql.query(
    `UPDATE surveyseal_links SET uses_left = $5
WHERE tenant = $1 AND survey = $2 AND purpose = $3 AND digest = $4`,
    [...key, record.usesLeft - 1],
  )
  await sql.query(
    `INSERT INTO surveyseal_link_spends (tenant, survey, purpose, digest, idempotency_key)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [...key, attempt.spend.idempotencyKey],
  )
  return 'spent'
}
