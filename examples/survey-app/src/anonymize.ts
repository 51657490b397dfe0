/**
 * Anonymizing one person in this host: found, shown, confirmed record by record, done for good, certified.
 *
 * @module
 */
import { REQUEST_TRANSITIONS, type RightsRequest } from '@surveyseal/consent/rights'
import { defaultPolicy, type Policy, parsePolicy } from '@surveyseal/core/anonymize'
import { assessSubject, type DisclosureRisk, measureDisclosureRisk, type Row } from '@surveyseal/core/disclosure'
import {
  type ErasureCertificate,
  ErasureError,
  type ErasurePlan,
  type ErasureTarget,
  type ErasureTools,
  executeErasure,
  planErasure,
  recordTarget,
  resumeErasure,
} from '@surveyseal/core/erase'
import { matchSubject, type SubjectMatch } from '@surveyseal/core/recognize'
import { answerRecords, customerRecords, effectErasure, invitationErasure } from './data/erasable.js'
import { forgetRequests, noteRequests, requestsOf } from './data/erasure-requests.js'
import { listRecords, type RecordFields } from './data/records.js'
import type { Host } from './host.js'
import type { Language } from './i18n.js'
import type { Preview, Problem } from './pages/operator/anonymize.js'

/** What someone may know of a customer from outside. */
const quasiIdentifiers = ['jobPosition', 'company', 'region']

/** The default policy, except that the route stays: timetables are planned with it. Every other segment goes. */
function policy(language: Language): Policy {
  const base = defaultPolicy(language)
  const segments = { ...base.segments, region: { technique: 'remove' }, route: { technique: 'retain' } }
  return parsePolicy({ ...base, segments })
}

/** A customer is taken off the list: no field is kept. */
const nothing = parsePolicy({ version: 1, fields: {} })

/** An address or a number; a number without its country is taken for one of the reader's. Null when it is neither. */
function readSubject(identifier: string, language: Language): SubjectMatch | null {
  try {
    const about = identifier.includes('@') ? { email: identifier } : { phone: identifier }
    return matchSubject(about, { region: language === 'fr' ? 'FR' : 'GB', ignoreTags: true })
  } catch {
    return null
  }
}

/** Where this host looks, in the order in which one place leads to the next. */
function targetsOf(host: Host, language: Language): readonly ErasureTarget[] {
  const { sql } = host
  const records = { reference: 'person', columns: ['language', 'person'] }
  return [
    recordTarget({ ...records, name: 'customers', store: customerRecords(sql), policy: nothing }),
    recordTarget({ ...records, name: 'answers', store: answerRecords(sql), policy: policy(language) }),
    invitationErasure(sql),
    effectErasure(sql, async (person) => (await host.eventsOf(person)).map(({ digest }) => digest)),
    ...host.erasable,
  ]
}

/** Looks everywhere, and tells what would be done; null when nobody is found, or what was typed is nobody's. Changes nothing. */
export async function previewAnonymization(
  host: Host,
  identifier: string,
  language: Language,
): Promise<Preview | null> {
  const subject = readSubject(identifier, language)
  if (subject === null) return null
  let left: readonly Readonly<Record<string, unknown>>[] = []
  const plan = await planErasure({
    subject,
    targets: targetsOf(host, language),
    journal: host.erasures.journal,
    assess: (after) => {
      left = after.records.filter((record) => Object.keys(record).length > 0)
      return assessSubject({ ...after, records: left })
    },
  })
  if (plan.records.length === 0) return null
  const all = await listRecords(host.sql)
  const gone = new Set(plan.records.filter(({ relation }) => relation === 'subject').map(({ id }) => id))
  const others = all.filter(({ id }) => !gone.has(id)).map(({ id, person, fields }) => rowOf(person ?? id, fields))
  return {
    plan,
    completed: new Map(all.map(({ id, completedAt }) => [id, completedAt])),
    before: risk(all.map(({ id, person, fields }) => rowOf(person ?? id, fields))),
    // Nothing groups the person's records afterwards, so each counts as a person of its own.
    after: risk([...others, ...left.map((record, index) => rowOf(`left ${index}`, record))]),
  }
}

/** What was typed and ticked. */
export interface Confirmation {
  readonly plan: ErasurePlan
  readonly retyped: string
  readonly confirmed: readonly string[]
  readonly kept: readonly string[]
}

/** Anonymizes what was confirmed, for good; or tells why not, with nothing changed. */
export async function anonymize(
  host: Host,
  { plan, retyped, confirmed, kept }: Confirmation,
  language: Language,
): Promise<ErasureCertificate | Problem> {
  const subject = readSubject(retyped, language)
  if (subject === null) return 'mismatch'
  const continued = await Promise.all(plan.continues.map((id) => requestsOf(host.sql, id)))
  await noteRequests(host.sql, plan.id, [...plan.records.filter(isRequest).map(({ id }) => id), ...continued.flat()])
  const tools = toolsOf(host, subject, language)
  const outcome = await answered(host, plan.id, () => executeErasure(plan, { ...tools, confirmed, kept }))
  // Nothing was begun, or somebody else has finished it.
  if (!(await host.erasures.journal.pending()).includes(plan.id)) await forgetRequests(host.sql, plan.id)
  return outcome
}

/** Finishes what a crash interrupted, if it was about this person. */
export async function finishAnonymization(
  host: Host,
  retyped: string,
  language: Language,
): Promise<ErasureCertificate | Problem> {
  const subject = readSubject(retyped, language)
  if (subject === null) return 'mismatch'
  for (const id of await host.erasures.journal.pending()) {
    const outcome = await answered(host, id, () => resumeErasure(id, toolsOf(host, subject, language)))
    if (outcome !== 'mismatch') return outcome
  }
  return 'mismatch'
}

/** Whether something was interrupted. */
export async function isInterrupted({ erasures }: Host): Promise<boolean> {
  return (await erasures.journal.pending()).length > 0
}

function toolsOf(host: Host, subject: SubjectMatch, language: Language): ErasureTools {
  return { subject, targets: targetsOf(host, language), ...host.erasures }
}

/** What an operator can be told, by its code. */
const problems: Partial<Record<string, Problem>> = {
  ERR_ERASURE_IDENTIFIER_MISMATCH: 'mismatch',
  ERR_ERASURE_UNCONFIRMED: 'unconfirmed',
  ERR_ERASURE_PLAN_EXPIRED: 'expired',
  ERR_ERASURE_DATA_CHANGED: 'changed',
  ERR_ERASURE_INCOMPLETE: 'changed',
}

/** Whoever had asked for it has their answer with it. A request is moved by its id: its name is gone by then. */
async function answered(
  host: Host,
  erasure: string,
  erase: () => Promise<ErasureCertificate>,
): Promise<ErasureCertificate | Problem> {
  try {
    const certificate = await erase()
    for (const id of await requestsOf(host.sql, erasure)) {
      const request = await host.requests.find(id)
      if (request !== null && isToErase(request)) await host.rights().advance(id, { to: 'fulfilled' })
    }
    await forgetRequests(host.sql, erasure)
    return certificate
  } catch (error) {
    const problem = error instanceof ErasureError ? problems[error.code] : undefined
    if (problem === undefined) throw error
    return problem
  }
}

function isRequest({ target }: { readonly target: string }): boolean {
  return target === 'rights'
}

function isToErase({ right, state }: RightsRequest): boolean {
  return right === 'erasure' && REQUEST_TRANSITIONS[state].includes('fulfilled')
}

function risk(rows: readonly Row[]): DisclosureRisk | null {
  if (rows.length === 0) return null
  return measureDisclosureRisk(rows, { quasiIdentifiers, person: 'person' })
}

function rowOf(person: string, { jobPosition, segments }: Partial<RecordFields>): Row {
  return { person, jobPosition, company: segments?.['company'], region: segments?.['region'] }
}
