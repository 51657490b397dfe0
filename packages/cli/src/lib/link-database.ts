/**
 * The service over the links of a database.
 *
 * @module
 */

import type { IdSpelling, Keyring, LinkService, PepperRing, Scope } from '@surveyseal/links'
import { createLinkService } from '@surveyseal/links'
import { linkStore, type Sql } from '@surveyseal/stores'
import { databaseOption, withDatabase } from './database.js'
import type { Io } from './io.js'
import type { TextOption } from './options.js'

/** The options of every command that works on stored links. */
export const linkDatabaseOptions: Readonly<Record<'database' | 'table-prefix' | 'pepper', TextOption>> = {
  ...databaseOption,
  'table-prefix': { type: 'string', hint: 'P', does: 'what the names of its tables begin with, as migrate was told' },
  pepper: { type: 'string', hint: 'FILE', does: 'the pepper of opaque links, from keys new --pepper' },
}

/** Whose links, and how they are written. */
export interface LinkDatabase extends Scope {
  readonly database: string | undefined
  readonly tablePrefix: string | undefined
  readonly peppers: PepperRing
  readonly baseUrl: string
  readonly ids?: IdSpelling
  readonly keyring?: Keyring
}

/**
 * Opens the service for as long as it is used. An SQLite file that is not there is not made: its tables are missing.
 *
 * @throws {@link CliError} those of {@link withDatabase}
 * @throws LinkError `ERR_LINK_BASE_URL_INSECURE`, `ERR_LINK_BASE_URL_PERSONAL_DATA`
 * @throws StoreError any code
 */
export async function withLinks<Result>(
  { database, tablePrefix, ...options }: LinkDatabase,
  io: Io,
  use: (links: LinkService<Sql>) => Promise<Result>,
): Promise<Result> {
  return withDatabase(database, io, { existing: true }, (sql) => {
    const store = linkStore(sql, { tenant: options.tenant, ...(tablePrefix === undefined ? {} : { tablePrefix }) })
    return use(createLinkService({ ...options, store, clock: io.now }))
  })
}
