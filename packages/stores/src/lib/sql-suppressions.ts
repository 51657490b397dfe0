import type { Suppression, SuppressionCount, SuppressionSelector, SuppressionStore } from '@surveyseal/links'
import type { Sql, SqlRow } from '../sql.js'
import { lists, parts, recordOf } from './rows.js'
import type { SuppressionStatements } from './suppression-statements.js'

/** The suppression list of one tenant in a database. */
export function sqlSuppressions(sql: Sql, tenant: string, statements: SuppressionStatements): SuppressionStore {
  return {
    async suppress(rows: readonly Suppression[]): Promise<void> {
      await sql.transaction(async (tx) => {
        for (const part of parts(rows)) {
          const values = part.flatMap(({ digest, pepperId, entry, kind, addedAt }) => [
            ...[tenant, digest, pepperId, entry, kind, addedAt],
          ])
          await tx.query(statements.insert(part.length), values)
        }
      })
    },

    async suppressed(digests: readonly string[]): Promise<readonly Suppression[]> {
      const found: SqlRow[] = []
      for (const part of lists(digests)) {
        found.push(...(await sql.query(statements.find(part.length), [tenant, ...part])))
      }
      return found.map(recordOf<Suppression>)
    },

    async countSuppressions(pepperIds: readonly string[]): Promise<readonly SuppressionCount[]> {
      const rows = await sql.query(statements.count(pepperIds.length), [tenant, ...pepperIds])
      return rows.map(recordOf<SuppressionCount>)
    },

    async unsuppress(selector: SuppressionSelector): Promise<number> {
      const entries = new Set<unknown>()
      await sql.transaction(async (tx) => {
        for (const [text, values] of removals(statements, selector)) {
          for (const { entry } of await tx.query(text, [tenant, ...values])) entries.add(entry)
        }
      })
      return entries.size
    },
  }
}

function removals(
  statements: SuppressionStatements,
  selector: SuppressionSelector,
): readonly (readonly [string, readonly (string | number)[]])[] {
  if (!('digests' in selector)) return [[statements.removeOld, [selector.kind, selector.addedBefore]]]
  return Array.from(parts(selector.digests), (part) => [statements.remove(part.length), part])
}
