/**
 * Where this host keeps what it keeps about a person, for the document of article 15.
 *
 * @module
 */
import { type AccessRecord, type AccessReport, type AccessSources, assembleAccess } from '@surveyseal/consent/rights'
import { type Customer, findCustomer } from './data/customers.js'
import { invitationsOf, stateOf } from './data/invitations.js'
import { recordsOf } from './data/records.js'
import type { Host } from './host.js'
import type { Language } from './i18n.js'
import { notice, survey } from './notice.js'

/** Assembles everything held about a person now. */
export function accessReport(host: Host, person: string, language: Language): Promise<AccessReport> {
  const { consentRows: store } = host
  const { controller } = notice
  return assembleAccess({ person, sources: sourcesOf(host), store, controller, notices: [notice], language })
}

function sourcesOf(host: Host): AccessSources<string> {
  return {
    async records(person) {
      const customer = await findCustomer(host.sql, person)
      const answers = await recordsOf(host.sql, person)
      return [
        ...(customer === null ? [] : [profileRecord(customer)]),
        ...answers.map(({ id, survey, fields }) => ({ id, survey, source: null, fields: { ...fields } })),
      ]
    },
    async links(person) {
      const invitations = await invitationsOf(host.sql, person)
      return invitations.map((invitation) => ({
        survey,
        purpose: 'survey',
        madeAt: invitation.issuedAt,
        expiresAt: invitation.expiresAt,
        state: stateOf(invitation, Date.now()),
      }))
    },
    async chains(person) {
      const answered = (await recordsOf(host.sql, person)).map((record) => record.survey)
      return [...new Set([survey, ...answered])].map((of) => ({ survey: of, subject: host.subjectOf(person, of) }))
    },
    requests: (person) => host.requests.ofPerson(host.nameOf(person)),
  }
}

function profileRecord({ email, telephone, language, profile }: Customer): AccessRecord {
  const fields = { ...profile, email, telephone, language }
  return { id: profile.customerNumber, survey: null, source: 'customer register', fields }
}
