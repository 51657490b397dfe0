// One redemption by the driver itself: named prepared statements on one connection that nobody else uses.
import pg from 'pg'
import { statements } from './statements.js'

/** @param {import('pg').ClientConfig} connection */
export async function rawPostgres(connection) {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  const run = (name, values) => client.query({ name, text: statements[name], values })

  const within = async ({ key, idempotencyKey, suppressing, id, body }) => {
    const at = Date.now()
    const [link] = (await run('find', key)).rows
    if (link === undefined) return 'refused'
    if ((await run('suppressed', [key[0], ...suppressing(link.respondent)])).rows.length > 0) return 'refused'
    if ((await run('note', [idempotencyKey, ...key, at, at])).rowCount === 0) {
      return (await run('isNoted', [...key, idempotencyKey])).rows.length === 0 ? 'refused' : 'repeated'
    }
    if ((await run('use', [...key, at, at])).rowCount === 0) throw new Error('noted, and then not usable')
    await run('dropDraft', key)
    await run('answer', [id, body])
    return 'spent'
  }

  return {
    async redeem(redemption) {
      await client.query('BEGIN')
      try {
        const outcome = await within(redemption)
        await client.query('COMMIT')
        return outcome
      } catch (error) {
        await client.query('ROLLBACK')
        throw error
      }
    },
    execute: (text) => client.query(text),
    end: () => client.end(),
  }
}
