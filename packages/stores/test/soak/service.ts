import type { LinkServiceOptions, LinkStore } from '@surveyseal/links'
import type { Sql } from '../../src/sql.js'

/** What all processes of a soak must agree on to know the same links; it crosses to them as JSON. */
export interface SoakService {
  readonly survey: string
  /** 64 hexadecimal digits. */
  readonly pepper: string
}

/** The options of every process's service. */
export function soakService({ survey, pepper }: SoakService, store: LinkStore<Sql>): LinkServiceOptions<Sql> {
  const secret = Uint8Array.from(pepper.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
  return {
    tenant: 'acme',
    survey,
    purpose: 'survey',
    store,
    peppers: { current: { id: 'soak', secret } },
    baseUrl: 'https://survey.example/s',
  }
}
