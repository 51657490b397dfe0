import type { Draft, DraftStore, LinkKey } from '@surveyseal/links'
import type { Sql, SqlValue } from '../sql.js'
import type { DraftStatements } from './draft-statements.js'

/** The partial answers of one tenant in a database. */
export function sqlDrafts(sql: Sql, tenant: string, statements: DraftStatements): DraftStore {
  const values = ({ survey, purpose, digest }: LinkKey): SqlValue[] => [tenant, survey, purpose, digest]
  return {
    async saveDraft(key: LinkKey, { body, savedAt }: Draft): Promise<boolean> {
      return sql.transaction(async (tx) => {
        // Whoever spends or revokes the link and then drops its draft must find this one, or be found.
        const held = (await tx.execute(statements.hold, values(key))) > 0
        if (held) await tx.execute(statements.save, [...values(key), body, savedAt])
        return held
      })
    },

    async findDraft(key: LinkKey): Promise<Draft | null> {
      const [row] = await sql.query(statements.find, values(key))
      if (row === undefined) return null
      return { body: Uint8Array.from(row['body'] as Uint8Array), savedAt: Number(row['savedAt']) }
    },

    async dropDraft(key: LinkKey): Promise<void> {
      await sql.execute(statements.drop, values(key))
    },
  }
}
