import type { Suppression, SuppressionCount, SuppressionSelector, SuppressionStore } from '@surveyseal/links'
import type { Sql, SqlRow } from '../sql.js'
import { lists, parts, recordOf } from './rows.js'
import type { SuppressionStatements } from './suppression-statements.js'

/** The suppression list of one tenant in a database. */
export function sqlSuppressions(sql: Sql, tenant: string, statements: SuppressionStatements): SuppressionStore {
  /** A row that is added and removed in one transaction keeps its place until the end, and nobody ever sees it. */
  async function withhold(sql: Sql, digests: readonly string[]): Promise<readonly string[]> {
    // On SQLite whoever writes is alone.
    if (sql.dialect === 'sqlite') {
      return (await sql.query(statements.find(digests.length), [tenant, ...digests])).map(({ digest }) =>
        String(digest),
      )
    }
    const held = await sql.query(statements.hold(digests.length), [tenant, ...digests])
    const free = held.map(({ digest }) => String(digest))
    for (const part of parts(free)) await sql.query(statements.release(part.length), [tenant, ...part])
    return digests.filter((digest) => !free.includes(digest))
  }

  return {
    async suppress(rows: readonly Suppression[]): Promise<void> {
      await sql.transaction(async (tx) => {
        for (const part of parts(inOneOrder(rows))) {
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

    async withhold(digests: readonly string[]): Promise<readonly string[]> {
      const taken: string[] = []
      for (const part of parts([...digests].sort())) taken.push(...(await sql.transaction((tx) => withhold(tx, part))))
      return taken
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

/** Two transactions that take the same places crosswise would wait for each other. */
function inOneOrder(rows: readonly Suppression[]): readonly Suppression[] {
  return [...rows].sort((a, b) => (a.digest < b.digest ? -1 : 1))
}

function removals(
  statements: SuppressionStatements,
  selector: SuppressionSelector,
): readonly (readonly [string, readonly (string | number)[]])[] {
  if (!('digests' in selector)) return [[statements.removeOld, [selector.kind, selector.addedBefore]]]
  return Array.from(parts(selector.digests), (part) => [statements.remove(part.length), part])
}
