import { createLinkService, type LinkService } from '@surveyseal/links'
import { type OpenWaveOptions, openWave, type TokenIssuer, type WaveKey } from '@surveyseal/links/unlinkable'
import { issuanceStore } from '../../src/issuance-store.js'
import { linkStore } from '../../src/link-store.js'
import { linkageStore } from '../../src/linkage-store.js'
import type { Sql } from '../../src/sql.js'

export const wave = { tenant: 'acme', survey: 'staff', wave: '2026-11' }

/** The invitations and the tokens of one wave, as every process of a host would open them. */
export async function openStaffWave(
  sql: Sql,
  key: WaveKey,
  changes: Partial<OpenWaveOptions<Sql>> = {},
): Promise<{ readonly links: LinkService<Sql>; readonly issuer: TokenIssuer }> {
  const secret = new Uint8Array(32).fill(7)
  const links = createLinkService({
    ...{ tenant: wave.tenant, survey: wave.survey, purpose: 'survey', baseUrl: 'https://feedback.example/s' },
    store: linkStore(sql, wave),
    peppers: { current: { id: '1', secret } },
  })
  const ports = { links, store: issuanceStore(sql, wave), linkages: linkageStore(sql, wave) }
  const authorize = async () => true
  const issuer = await openWave({ ...{ ...ports, key, pepper: secret, invitees: 20, authorize }, ...changes })
  return { links, issuer }
}

/** Numbers below any modulus, which is all a server can tell of blinded messages. */
export function blindedMessages(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, message) => {
    const bytes = crypto.getRandomValues(new Uint8Array(256))
    return Uint8Array.from([1 + (message % 100), ...bytes.subarray(1)])
  })
}
