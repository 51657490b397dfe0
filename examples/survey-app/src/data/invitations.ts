/**
 * Who was invited, with which kind of link. The links themselves are kept nowhere.
 *
 * @module
 */
import type { Sql, SqlRow } from '@surveyseal/stores'

/** The two kinds of link this app sends. */
export type LinkKind = 'sealed' | 'opaque'

/** One invitation. Instants are milliseconds since 1970-01-01T00:00:00Z. */
export interface Invitation {
  readonly id: string
  readonly person: string
  readonly kind: LinkKind
  /** Tells several links of one person apart. */
  readonly serial: number
  readonly issuedAt: number
  readonly expiresAt: number
  readonly answeredAt: number | null
  readonly revokedAt: number | null
}

/** How an invitation stands. */
export type InvitationState = 'open' | 'answered' | 'revoked' | 'expired'

/** Notes an invitation. */
export async function addInvitation(sql: Sql, invitation: Omit<Invitation, 'answeredAt' | 'revokedAt'>): Promise<void> {
  const { id, person, kind, serial, issuedAt, expiresAt } = invitation
  await sql.query(
    `INSERT INTO app_invitations (id, person, kind, serial, issued_at, expires_at, answered_at, revoked_at)
     VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL)`,
    [id, person, kind, serial, issuedAt, expiresAt],
  )
}

/** Every invitation, the newest first. */
export async function listInvitations(sql: Sql): Promise<Invitation[]> {
  const rows = await sql.query('SELECT * FROM app_invitations ORDER BY issued_at DESC, id')
  return rows.map(toInvitation)
}

/** The invitations of one person. */
export async function invitationsOf(sql: Sql, person: string): Promise<Invitation[]> {
  const rows = await sql.query('SELECT * FROM app_invitations WHERE person = $1 ORDER BY serial', [person])
  return rows.map(toInvitation)
}

/** The invitations whose links still lead to the survey. */
export async function openInvitationsOf(sql: Sql, person: string, at: number): Promise<Invitation[]> {
  return (await invitationsOf(sql, person)).filter((invitation) => stateOf(invitation, at) === 'open')
}

/** One invitation, or null. */
export async function findInvitation(sql: Sql, id: string): Promise<Invitation | null> {
  const [row] = await sql.query('SELECT * FROM app_invitations WHERE id = $1', [id])
  return row === undefined ? null : toInvitation(row)
}

/** Notes that an invitation was answered, in the transaction that spends its link. */
export async function markAnswered(tx: Sql, key: { person: string; serial: number; at: number }): Promise<void> {
  await tx.query('UPDATE app_invitations SET answered_at = $1 WHERE person = $2 AND serial = $3', [
    key.at,
    key.person,
    key.serial,
  ])
}

/** Notes that an invitation's link was revoked. */
export async function markRevoked(sql: Sql, id: string, at: number): Promise<void> {
  await sql.query('UPDATE app_invitations SET revoked_at = $1 WHERE id = $2', [at, id])
}

/** Forgets who was invited. */
export async function removeInvitations(sql: Sql, person: string): Promise<void> {
  await sql.query('DELETE FROM app_invitations WHERE person = $1', [person])
}

/** How an invitation stands at an instant. */
export function stateOf(invitation: Invitation, at: number): InvitationState {
  if (invitation.revokedAt !== null) return 'revoked'
  if (invitation.answeredAt !== null) return 'answered'
  return invitation.expiresAt <= at ? 'expired' : 'open'
}

function toInvitation(row: SqlRow): Invitation {
  const instant = (value: unknown): number | null => (value === null ? null : Number(value))
  return {
    id: String(row['id']),
    person: String(row['person']),
    kind: row['kind'] === 'opaque' ? 'opaque' : 'sealed',
    serial: Number(row['serial']),
    issuedAt: Number(row['issued_at']),
    expiresAt: Number(row['expires_at']),
    answeredAt: instant(row['answered_at']),
    revokedAt: instant(row['revoked_at']),
  }
}
