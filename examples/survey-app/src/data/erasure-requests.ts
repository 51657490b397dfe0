/**
 * Which requests an erasure under way will have answered. The erasure itself forgets whose they were.
 *
 * @module
 */
import type { Sql } from '@surveyseal/stores'

/** Notes it before the erasure begins, once. */
export async function noteRequests(sql: Sql, erasure: string, requests: readonly string[]): Promise<void> {
  const text = 'INSERT INTO app_erasure_requests (erasure, request) VALUES ($1, $2) ON CONFLICT DO NOTHING'
  for (const request of requests) await sql.execute(text, [erasure, request])
}

/** Which requests these were. */
export async function requestsOf(sql: Sql, erasure: string): Promise<string[]> {
  const rows = await sql.query('SELECT request FROM app_erasure_requests WHERE erasure = $1', [erasure])
  return rows.map(({ request }) => String(request))
}

/** Forgets it: together they would name the requests of one person. */
export async function forgetRequests(sql: Sql, erasure: string): Promise<void> {
  await sql.execute('DELETE FROM app_erasure_requests WHERE erasure = $1', [erasure])
}
