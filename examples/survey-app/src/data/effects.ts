/**
 * What was done because a person withdrew: written by whoever the outbox told.
 *
 * @module
 */
import type { Sql, SqlRow } from '@surveyseal/stores'

/** One thing done. */
export interface Effect {
  /** Digest of the withdrawal. */
  readonly event: string
  readonly kind: 'practice' | 'link'
  /** The practice, or the invitation. */
  readonly what: string
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number
}

/** Notes it, once: a message may be delivered again. */
export async function noteEffect(tx: Sql, { event, kind, what, at }: Effect): Promise<void> {
  await tx.execute('INSERT INTO app_effects (event, kind, what, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    event,
    kind,
    what,
    at,
  ])
}

/** Forgets what withdrawals brought about. */
export async function removeEffects(sql: Sql, events: readonly string[]): Promise<void> {
  for (const event of events) await sql.execute('DELETE FROM app_effects WHERE event = $1', [event])
}

/** What some withdrawals brought about. */
export async function effectsOf(sql: Sql, events: readonly string[]): Promise<Effect[]> {
  const found = await Promise.all(
    events.map((event) => sql.query('SELECT * FROM app_effects WHERE event = $1 ORDER BY at, kind, what', [event])),
  )
  return found.flat().map(toEffect)
}

function toEffect(row: SqlRow): Effect {
  return {
    event: String(row['event']),
    kind: row['kind'] === 'link' ? 'link' : 'practice',
    what: String(row['what']),
    at: Number(row['at']),
  }
}
