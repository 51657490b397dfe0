import { type FactorId, type Language, PRACTICES, type PracticeId, type Text } from '@surveyseal/core/risk'
import type { NoticeAi, NoticePurpose, NoticeSource, NoticeTransfer, PurposeWording } from '../../notice.js'
import type { TemplatePractice } from '../notice-template.js'
import { COMMON_TEXTS } from './common-texts.js'
import { PRACTICE_TEXTS } from './practice-texts.js'
import { TERMS } from './terms.js'

/** A purpose of a template, and what the template as a whole has to know of it. */
export interface TemplatePurpose {
  readonly purpose: NoticePurpose
  readonly wording: Readonly<Record<Language, PurposeWording>>
  readonly terms: Readonly<Record<Language, Readonly<Record<string, string>>>>
  readonly usesAi: boolean
  readonly contacts: boolean
  readonly decides: boolean
  readonly isSensitive: boolean
}

/** Writes the purpose of one practice: the words by its id, the facts by its factors, the demands by its tier. */
export function templatePurpose(practice: TemplatePractice, transfers: readonly NoticeTransfer[]): TemplatePurpose {
  const purpose = purposeOf(practice, transfers)
  return {
    purpose,
    wording: {
      en: wordingOf(practice, { purpose, language: 'en' }),
      fr: wordingOf(practice, { purpose, language: 'fr' }),
    },
    terms: { en: termsOf(purpose, 'en'), fr: termsOf(purpose, 'fr') },
    usesAi: (purpose.ai ?? []).length > 0,
    contacts: (purpose.contact ?? []).length > 0,
    decides: purpose.automatedDecisions === 'significant',
    isSensitive: practice.tier === 'very-high',
  }
}

function purposeOf(practice: TemplatePractice, transfers: readonly NoticeTransfer[]): NoticePurpose {
  const { id, tier } = practice
  const isSpecial = hasFactor(practice, ['special-category', 'biometrics', 'criminal-offence-data'])
  const special = isSpecial ? ['{{special-categories}}'] : []
  const ai = aiOf(practice)
  const isForeign = ai.some(({ operator }) => operator !== 'controller')
  return {
    id,
    practices: [id],
    legalBasis: isSpecial ? 'explicit-consent' : tier === 'low' ? 'legitimate-interests' : 'consent',
    dataCategories: [...dataOf(id), ...special],
    specialCategories: special,
    recipients: ['{{recipient}}', ...(isForeign ? ['{{ai.provider}}'] : [])],
    retention: '{{retention}}',
    transfers,
    sources: sourcesOf(practice),
    ai,
    automatedDecisions: decisionsOf(practice),
    contact: hasFactor(practice, ['individual-follow-up']) ? ['telephone', 'email'] : [],
    provision: 'voluntary',
  }
}

function wordingOf(
  practice: TemplatePractice,
  { purpose, language }: { readonly purpose: NoticePurpose; readonly language: Language },
): PurposeWording {
  const { id, tier } = practice
  const say = (text: Text): string => text[language]
  const words = isListed(id) ? PRACTICE_TEXTS[id] : null
  const own = (member: 'title' | 'description' | 'insights'): string =>
    words === null ? `{{${id}.${member}.${language}}}` : say(words[member])
  const contacts = (purpose.contact ?? []).length > 0
  const isForeign = (purpose.ai ?? []).some(({ operator }) => operator !== 'controller')
  return {
    title: own('title'),
    description: own('description'),
    ...(purpose.legalBasis === 'legitimate-interests' && {
      legitimateInterests: say(COMMON_TEXTS.legitimateInterests),
    }),
    ...(tier !== 'low' && { contact: say(contacts ? COMMON_TEXTS.contact : COMMON_TEXTS.noContact) }),
    ...((tier === 'high' || tier === 'very-high') && { insights: own('insights') }),
    ...((purpose.ai ?? []).length > 0 && { ai: say(isForeign ? COMMON_TEXTS.foreignAi : COMMON_TEXTS.ownAi) }),
    ...(purpose.automatedDecisions !== 'none' && { automatedDecisions: `{{${id}.automated-decisions.${language}}}` }),
    ...((purpose.transfers ?? []).length > 0 && { transfers: `{{transfers.${language}}}` }),
  }
}

function dataOf(id: string): readonly string[] {
  return isListed(id) ? PRACTICE_TEXTS[id].data : [`{{${id}.data}}`]
}

/** The first factor of each list that a practice has names a source of its data. */
const SOURCES: readonly { readonly factors: readonly FactorId[]; readonly source: NoticeSource }[] = [
  {
    factors: ['survey-answers', 'verbatims', 'voice-recordings', 'video-recordings'],
    source: { origin: 'person', name: 'you' },
  },
  {
    factors: ['record-matching', 'personalization', 'individual-follow-up'],
    source: { origin: 'own-records', name: 'your customer record' },
  },
  { factors: ['public-posts'], source: { origin: 'public', name: 'what you publish' } },
  { factors: ['call-transcripts'], source: { origin: 'own-records', name: 'your calls with us' } },
  { factors: ['behavioral-data'], source: { origin: 'observation', name: 'use of our website or app' } },
]

function sourcesOf(practice: TemplatePractice): readonly NoticeSource[] {
  const named = SOURCES.filter(({ factors }) => hasFactor(practice, factors)).map(({ source }) => source)
  const isHidden = hasFactor(practice, ['invisible-collection']) && named.every(({ origin }) => origin === 'person')
  const other: NoticeSource = { origin: 'third-party', name: `{{${practice.id}.source}}` }
  return isHidden || named.length === 0 ? [...named, other] : named
}

function aiOf(practice: TemplatePractice): readonly NoticeAi[] {
  const { id } = practice
  if (hasFactor(practice, ['third-party-ai']))
    return [{ system: `{{${id}.ai}}`, operator: 'processor', training: false }]
  if (!hasFactor(practice, ['text-mining', 'ai-analysis'])) return []
  return [{ system: 'text analysis software', operator: 'controller', training: false }]
}

function decisionsOf(practice: TemplatePractice): 'none' | 'profiling' | 'significant' {
  if (hasFactor(practice, ['automated-decision'])) return 'significant'
  return hasFactor(practice, ['profiling']) ? 'profiling' : 'none'
}

/** Own terms are translated here, those of the author become a placeholder per language, names stay. */
function termsOf(purpose: NoticePurpose, language: Language): Readonly<Record<string, string>> {
  const { dataCategories, recipients, transfers = [], sources = [], ai = [] } = purpose
  const texts = [
    ...dataCategories,
    ...sources.map(({ name }) => name),
    ...ai.map(({ system }) => system),
    ...recipients,
  ]
  const names = transfers.map(({ recipient }) => recipient)
  return Object.fromEntries([
    ...names.map((name) => [name, name]),
    ...texts.map((text) => [text, termIn(text, language)]),
  ])
}

function termIn(text: string, language: Language): string {
  if (Object.hasOwn(TERMS, text)) return TERMS[text as keyof typeof TERMS][language]
  return text === '{{ai.provider}}' ? text : text.replace(/\}\}$/, `.${language}}}`)
}

function hasFactor({ reasons }: TemplatePractice, factors: readonly FactorId[]): boolean {
  return reasons.some(({ factor }) => factors.includes(factor))
}

function isListed(id: string): id is PracticeId {
  return Object.hasOwn(PRACTICES, id)
}
