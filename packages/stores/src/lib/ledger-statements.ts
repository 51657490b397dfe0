import { placeholders, rowsOfPlaceholders } from './rows.js'
import type { Tables } from './tables.js'

/** The statements of a ledger store. `$1` is the tenant, `$2` the log. Those of several rows or places say how many. */
export interface LedgerStatements {
  readonly head: string
  /** Makes the head of a log that has none. */
  readonly begin: string
  /** Reads the head and lets nobody else write it until the transaction has ended. */
  readonly lock: string
  /** `$3` size, `$4` frontier. */
  readonly advance: string
  /** `$3` from, `$4` to. */
  readonly entries: string
  /** `$3` place, `$4` erasure. Changes one row if there was something to erase. */
  readonly erase: string
  readonly checkpoints: string
  readonly newestCheckpoint: string
  /** `$3` size, `$4` note. */
  readonly saveCheckpoint: string
  /** Places of `count` commitments, `$3`…. */
  places(count: number): string
  /** Commitments at `count` places, `$3`…. */
  commitments(count: number): string
  /** `count` nodes, `$3` level, `$4` place, `$5` level…. */
  nodes(count: number): string
  /** Rows of tenant, log, place, commitment, salt, bytes. */
  insertEntries(count: number): string
  /** Rows of tenant, log, level, place, hash. */
  insertNodes(count: number): string
}

/** Writes the statements for the tables of one prefix; both engines run the same text. */
export function ledgerStatements(tables: Tables): LedgerStatements {
  const { ledgerHeads: heads, ledgerEntries: entries, ledgerNodes: nodes, ledgerCheckpoints: checkpoints } = tables
  const log = 'tenant = $1 AND log = $2'
  return {
    head: `SELECT size, frontier FROM ${heads} WHERE ${log}`,
    begin: `INSERT INTO ${heads} (tenant, log, size, frontier) VALUES ($1, $2, 0, $3) ON CONFLICT DO NOTHING`,
    // An update is the one lock both engines know, and they read the row anew once they have it.
    lock: `UPDATE ${heads} SET size = size WHERE ${log} RETURNING size, frontier`,
    advance: `UPDATE ${heads} SET size = $3, frontier = $4 WHERE ${log}`,
    entries: `SELECT place AS "index", commitment, salt, bytes, erasure FROM ${entries}
  WHERE ${log} AND place >= $3 AND place < $4 ORDER BY place`,
    erase: `UPDATE ${entries} SET salt = NULL, bytes = NULL, erasure = $4
  WHERE ${log} AND place = $3 AND erasure IS NULL`,
    checkpoints: `SELECT size, note FROM ${checkpoints} WHERE ${log} ORDER BY size`,
    newestCheckpoint: `SELECT size, note FROM ${checkpoints} WHERE ${log} ORDER BY size DESC LIMIT 1`,
    saveCheckpoint: `INSERT INTO ${checkpoints} (tenant, log, size, note) VALUES ($1, $2, $3, $4)
  ON CONFLICT (tenant, log, size) DO UPDATE SET note = excluded.note`,
    places: (count) =>
      `SELECT place, commitment FROM ${entries} WHERE ${log} AND commitment IN (${placeholders(count, 3)})`,
    commitments: (count) =>
      `SELECT place, commitment FROM ${entries} WHERE ${log} AND place IN (${placeholders(count, 3)})`,
    nodes: (count) => `SELECT level, place, hash FROM ${nodes} WHERE ${log} AND (${nodeIs(count)})`,
    insertEntries: (count) =>
      `INSERT INTO ${entries} (tenant, log, place, commitment, salt, bytes) VALUES ${rowsOfPlaceholders(count, 6)}`,
    insertNodes: (count) =>
      `INSERT INTO ${nodes} (tenant, log, level, place, hash) VALUES ${rowsOfPlaceholders(count, 5)}`,
  }
}

function nodeIs(count: number): string {
  return Array.from({ length: count }, (_, at) => `level = $${3 + 2 * at} AND place = $${4 + 2 * at}`).join(' OR ')
}
