/**
 * Everything the pages work with: the database, the keys and the services of SurveySeal, opened once.
 *
 * @module
 */
import {
  type ConsentService,
  type ConsentStore,
  createConsentService,
  createGate,
  type Gate,
  type Permission,
  pseudonymize,
  type RecordedEvent,
  readEventRecord,
  refreshReceipt,
} from '@surveyseal/consent'
import { consentErasure, rightsErasure } from '@surveyseal/consent/erase'
import { noticesOverTime } from '@surveyseal/consent/notices'
import type { OutboxStore } from '@surveyseal/consent/outbox'
import { createRightsService, objectionsOf, type RightsService, type RightsStore } from '@surveyseal/consent/rights'
import type { ErasureJournal, ErasureOutbox, ErasureTarget } from '@surveyseal/core/erase'
import { type Assessment, assessProgramme } from '@surveyseal/core/risk'
import { LedgerError } from '@surveyseal/ledger'
import { createLinkService, type LinkService } from '@surveyseal/links'
import { linkErasure } from '@surveyseal/links/erase'
import {
  consentLedger,
  consentStore,
  erasureJournal,
  erasureOutbox,
  linkStore,
  migrate,
  outboxStore,
  rightsStore,
  type Sql,
} from '@surveyseal/stores'
import { holidays } from './calendar.js'
import { listCustomers } from './data/customers.js'
import { openInvitationsOf } from './data/invitations.js'
import { createTables } from './data/schema.js'
import { type Keys, loadKeys } from './keys.js'
import { controller, lintedNotice, notice, published, survey } from './notice.js'
import { type ProgrammePractice, programme } from './programme.js'

const tenant = 'rivage-ferries'

/** What an app is opened with. */
export interface HostOptions {
  readonly sql: Sql
  /** Where the keys are kept. */
  readonly folder: string
  /** How browsers reach this server, such as `http://127.0.0.1:4180`. */
  readonly origin: string
}

/** The open host. */
export interface Host {
  readonly origin: string
  readonly sql: Sql
  readonly keys: Keys
  /** Links to the survey, of both kinds. */
  readonly surveyLinks: LinkService<Sql>
  /** Links that withdraw permission. */
  readonly withdrawalLinks: LinkService<Sql>
  /** Links to a person's own page of requests. */
  readonly rightsLinks: LinkService<Sql>
  readonly consents: ConsentService<Sql>
  readonly consentRows: ConsentStore<Sql>
  /** What is to be told because it was recorded. */
  readonly outbox: OutboxStore<Sql>
  /** What people asked for, by their name with this company. */
  readonly requests: RightsStore<Sql>
  /** Where a person is erased from, besides the host's own tables, in the order in which one looks. */
  readonly erasable: readonly ErasureTarget[]
  /** Erasures under way, and what they tell. */
  readonly erasures: { readonly journal: ErasureJournal; readonly outbox: ErasureOutbox }
  /** Takes requests on and moves them, within the transaction `sql` where one is open. */
  rights(sql?: Sql): RightsService<Sql>
  /** The same receipt with the proof that what it records is in the log. */
  withProof(receipt: string): Promise<string>
  /** What the programme needs, has and lacks now. */
  assess(): Assessment
  /** The pseudonym a person's consent is kept under: another one in every survey. */
  subjectOf(person: string, of?: string): string
  /** The pseudonym a person's requests are kept under: one for the whole company, of no survey. */
  nameOf(person: string): string
  /** Whose pseudonym it is; null when they are no customer any more. It is worked out anew: a table of pairs would undo it. */
  personBehind(subject: string, where?: { of?: string; sql?: Sql }): Promise<string | null>
  /** What a person decided, the oldest first. */
  eventsOf(person: string): Promise<RecordedEvent[]>
  /**
   * Whether a practice may run on what a person said in a survey, this one by default. Asked before each use, and within
   * the transaction `sql` where what it allows is written in one.
   */
  mayRun(practice: ProgrammePractice, person: string, where?: { of?: string; sql?: Sql }): Promise<Permission>
  /** Makes the sealed link of a person and serial; the same one every time. */
  sealedSurveyLink(link: { person: string; serial: number; expiresAt: number }): string
  /** Makes the link with which a person withdraws. */
  withdrawalLink(person: string): string
  /** Makes the link to a person's page of requests. */
  rightsLink(person: string): string
}

/** Opens the host: makes missing tables and keys. */
export async function openHost({ sql, folder, origin }: HostOptions): Promise<Host> {
  await migrate(sql)
  await createTables(sql)
  const keys = await loadKeys(folder)
  const consentRows: ConsentStore<Sql> = consentStore(sql, { tenant })
  const subjectOf = (person: string, of: string = survey): string =>
    pseudonymize(person, { secret: keys.pseudonymSecret, survey: of })
  const assess = (at: Date = new Date()): Assessment => assessProgramme(programme, { at })
  assertNotice(assess())
  const nameOf = (person: string): string => subjectOf(person, 'rights')
  const notices = noticesOverTime(published)
  const gateOver = (rows: Sql): Gate =>
    createGate({
      store: consentStore(rows, { tenant }),
      assess,
      notices,
      objections: objectionsOf(rightsStore(rows, { tenant })),
    })
  const personBehind: Host['personBehind'] = async (subject, { of = survey, sql: rows = sql } = {}) =>
    (await listCustomers(rows)).find(({ person }) => subjectOf(person, of) === subject)?.person ?? null
  const surveyScope = { tenant, survey, purpose: 'survey', baseUrl: `${origin}/i/` }
  const withdrawalScope = { tenant, survey, purpose: 'withdraw', baseUrl: `${origin}/w/` }
  const rightsScope = { tenant, survey, purpose: 'rights', baseUrl: `${origin}/r/` }
  const links = { store: linkStore(sql, { tenant }), peppers: keys.peppers, keyring: keys.keyring }
  const ledger = consentLedger(sql, { tenant, signer: keys.logSigner })
  const surveySeal = keys.keyring.bind(surveyScope)
  const withdrawalSeal = keys.keyring.bind(withdrawalScope)
  const rightsSeal = keys.keyring.bind(rightsScope)
  const outbox = outboxStore(sql, { tenant })
  const requests = rightsStore(sql, { tenant })
  const surveyLinks = createLinkService({ ...surveyScope, ...links })

  return {
    origin,
    sql,
    keys,
    surveyLinks,
    withdrawalLinks: createLinkService({ ...withdrawalScope, ...links }),
    rightsLinks: createLinkService({ ...rightsScope, ...links }),
    consentRows,
    outbox,
    requests,
    erasable: [
      linkErasure(surveyLinks),
      consentErasure({
        ...{ store: consentRows, subjectOf, signer: keys.signer, audience: controller, ledger, outbox },
        // As long as somebody may still claim that nobody had agreed.
        keepFor: 'P5Y',
      }),
      rightsErasure({ store: requests, personOf: nameOf }),
    ],
    erasures: { journal: erasureJournal(sql, { tenant }), outbox: erasureOutbox(sql, { tenant }) },
    rights: (rows = sql) =>
      createRightsService({ store: rightsStore(rows, { tenant }), timeZone: 'Europe/Paris', holidays }),
    consents: createConsentService({
      store: consentRows,
      signer: keys.signer,
      keys: keys.controllerKeys,
      audience: controller,
      notices: [notice],
      ledger,
      outbox,
      // Whoever withdraws is not asked again: invitations they have not answered are to stop.
      linksOf: async (tx, { subject }) => {
        const person = await personBehind(subject, { sql: tx })
        return person === null ? [] : (await openInvitationsOf(tx, person, Date.now())).map(({ id }) => id)
      },
    }),
    withProof: (receipt) =>
      refreshReceipt(receipt, { keys: keys.controllerKeys, signer: keys.signer, ledger }).catch((error: unknown) => {
        // What was recorded before this app had a log is in none.
        if (error instanceof LedgerError && error.code === 'ERR_LEDGER_ENTRY_MISSING') return receipt
        throw error
      }),
    assess,
    subjectOf,
    nameOf,
    personBehind,
    eventsOf: async (person) => {
      const records = await consentRows.events({ subject: subjectOf(person), survey })
      return records.map(readEventRecord)
    },
    mayRun: (practice, person, { of = survey, sql: rows = sql } = {}) =>
      gateOver(rows).evaluate({ practice, subject: subjectOf(person, of), survey: of, person: nameOf(person) }),
    sealedSurveyLink: ({ person, serial, expiresAt }) =>
      surveySeal.seal({ respondent: person, serial, expiresAt: new Date(expiresAt) }, surveyScope).url,
    // Withdrawing has to stay possible for as long as the answers are kept, and longer does no harm.
    withdrawalLink: (person) =>
      withdrawalSeal.seal({ respondent: person, expiresAt: inTenYears() }, withdrawalScope).url,
    rightsLink: (person) => rightsSeal.seal({ respondent: person, expiresAt: inTenYears() }, rightsScope).url,
  }
}

/** A notice that lacks what the law or its programme demands is not shown to anybody. */
function assertNotice(assessment: Assessment): void {
  const errors = lintedNotice(assessment).filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return
  throw new Error(`the notice lacks something: ${errors.map(({ code, path }) => `${code} at ${path}`).join(', ')}`)
}

/** The same instant all year, so that a person's withdrawal link stays the same. */
function inTenYears(): Date {
  return new Date(Date.UTC(new Date().getUTCFullYear() + 10, 0, 1))
}
