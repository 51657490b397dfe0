// One redemption by the driver itself: prepared statements, one synchronous block, the settings of `openSqlite`.
import { statements } from './statements.js'

/**
 * @param {{ DatabaseSync: new (path: string) => any }} driver
 * @param {string} file
 */
export function rawSqlite({ DatabaseSync }, file) {
  const database = new DatabaseSync(file)
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON']) {
    database.exec(`PRAGMA ${pragma}`)
  }
  const prepare = (text) => database.prepare(text.replaceAll(/\$\d+/g, '?'))
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map(prepare)
  const { find, suppressed, note, isNoted, use, dropDraft, answer } = Object.fromEntries(
    Object.entries(statements).map(([name, text]) => [name, prepare(text)]),
  )

  const within = (redemption) => {
    const { key, idempotencyKey, suppressing, id, body } = redemption
    const at = Date.now()
    const link = find.get(...key)
    if (link === undefined || suppressed.get(key[0], ...suppressing(link.respondent)) !== undefined) return 'refused'
    if (note.run(idempotencyKey, ...key, at, at).changes === 0) {
      return isNoted.get(...key, idempotencyKey) === undefined ? 'refused' : 'repeated'
    }
    if (use.run(...key, at, at).changes === 0) throw new Error('noted, and then not usable')
    dropDraft.run(...key)
    answer.run(id, body)
    return 'spent'
  }

  return {
    redeem(redemption) {
      begin.run()
      try {
        const outcome = within(redemption)
        commit.run()
        return outcome
      } catch (error) {
        rollback.run()
        throw error
      }
    },
    execute: async (text) => database.exec(text),
    end: async () => database.close(),
  }
}
