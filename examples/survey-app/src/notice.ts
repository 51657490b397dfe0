/**
 * The privacy notice of the survey: what respondents decide about, and the facts behind the words.
 *
 * @module
 */
import { defineNotice, type Notice, type NoticeWording } from '@surveyseal/consent'
import { lintNotice, type NoticeFinding, type PublishedNotice } from '@surveyseal/consent/notices'
import type { Assessment } from '@surveyseal/core/risk'
import { type Language, languages } from './i18n.js'
import { wording } from './notice-wording.js'
import type { ProgrammePractice } from './programme.js'

/** The survey every page of this app is about: one wave. */
export const survey = 'crossing-autumn-2026'

/** Who asks: it stays the same whatever address and port this server has. */
export const controller = 'https://rivage-ferries.example'

/** The purposes a respondent decides about. The survey itself is explained in the notice and rests on no decision. */
export const askedPurposes = ['follow-up', 'verbatims', 'insights'] as const

const permitted = (...practices: ProgrammePractice[]): ProgrammePractice[] => practices

/** What holds for every purpose: nothing leaves the country, nothing is decided by software, nobody has to answer. */
const common = {
  specialCategories: [],
  transfers: [],
  storageLocations: ['FR'],
  automatedDecisions: 'none',
  provision: 'voluntary',
} as const
const you = { origin: 'person', name: 'you' } as const

/** The notice in force. */
export const notice: Notice = defineNotice({
  id: 'crossing-feedback',
  version: '4',
  controller: { name: 'Rivage Ferries', contact: 'privacy@rivage-ferries.example', country: 'FR' },
  dpo: { name: 'Rivage Ferries, data protection officer', contact: 'dpo@rivage-ferries.example' },
  supervisoryAuthority: { name: 'CNIL', contact: 'https://www.cnil.fr' },
  rights: ['withdrawal', 'access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'complaint'],
  purposes: [
    {
      ...common,
      id: 'survey',
      practices: permitted('standard-survey', 'share-aggregates'),
      legalBasis: 'legitimate-interests',
      dataCategories: ['ratings', 'comments'],
      recipients: ['Rivage Ferries'],
      retention: 'P2Y',
      sources: [you],
      ai: [],
      contact: [],
    },
    {
      ...common,
      id: 'follow-up',
      practices: permitted('link-answers-to-record', 'close-the-loop'),
      legalBasis: 'consent',
      dataCategories: ['ratings', 'comments', 'customer record', 'contact details'],
      recipients: ['Rivage Ferries customer care'],
      retention: 'P1Y',
      sources: [you, { origin: 'own-records', name: 'your customer record' }],
      ai: [],
      contact: ['telephone', 'email', 'post'],
    },
    {
      ...common,
      id: 'verbatims',
      practices: permitted('share-verbatims'),
      legalBasis: 'consent',
      dataCategories: ['comments'],
      recipients: ['crews and terminals of Rivage Ferries'],
      retention: 'P1Y',
      sources: [you],
      ai: [],
      contact: [],
    },
    {
      ...common,
      id: 'insights',
      practices: permitted('mine-survey-verbatims'),
      legalBasis: 'consent',
      dataCategories: ['comments'],
      recipients: ['Rivage Ferries service design'],
      retention: 'P1Y',
      sources: [you],
      ai: [{ system: 'topic and tone software', operator: 'controller', training: false }],
      contact: [],
    },
  ],
  wording,
})

/** Everything that was ever published: earlier versions stay, for answers about the past and for what they still permit. */
export const published: readonly PublishedNotice[] = [{ notice, from: new Date('2024-01-15T00:00:00Z') }]

/**
 * What the notice lacks for the practices it is about. What is planned and not yet asked for needs a notice of its own
 * before it starts: the gate refuses it until then.
 */
export function lintedNotice(assessment: Assessment): readonly NoticeFinding[] {
  const asked = new Set(notice.purposes.flatMap(({ practices }) => practices))
  const practices = assessment.practices.filter(({ id }) => asked.has(id))
  return lintNotice(notice, { ...assessment, practices }, { languages: Object.keys(languages) })
}

/** The wording of the notice in one language. */
export function wordingIn(language: Language): NoticeWording {
  return wording[language]
}
