import { type PlacedText, plain, textsIn } from '../../lib/plain-text.js'
import type { NoticeWording, PurposeWording } from '../../notice.js'
import { findPlaceholders } from '../placeholders.js'
import { type NoticePlace, type NoticeRule, placeOf, wordedTexts } from '../rule.js'
import { edpbConsent, gdpr, wp260 } from '../sources.js'

/** Names a rule of `NOTICE_RULES`. */
export type WordingRuleCode =
  | 'placeholder-unfilled'
  | 'summary-long'
  | 'summary-uninformative'
  | 'purpose-titles-alike'
  | 'purpose-undescribed'
  | 'wording-vague'

/** What people read: complete, in layers, and plain. */
export const WORDING_RULES: Readonly<Record<WordingRuleCode, NoticeRule>> = {
  'placeholder-unfilled': {
    severity: 'error',
    source: gdpr('article 12(1)'),
    message: {
      en: 'A placeholder of a template is not filled in.',
      fr: 'Un emplacement du modèle n’est pas rempli.',
    },
    find: ({ notice }) =>
      textsIn(notice, '')
        .filter(hasPlaceholder)
        .map(({ path }) => placeOf(path.slice(1))),
  },
  'summary-long': {
    severity: 'warning',
    source: wp260('section “Layered approach in a digital environment”'),
    message: {
      en: 'The summary has over 800 characters: the first layer is what people read, the rest belongs to the second.',
      fr: 'Le résumé dépasse 800 caractères : le premier niveau est ce qu’on lit, le reste va dans le second.',
    },
    find: wordingsWhere('summary', ({ summary }) => summary.length > 800),
  },
  'summary-uninformative': {
    severity: 'warning',
    source: wp260('section “Layered approach in a digital environment”'),
    message: {
      en: 'The summary is too short to tell people what happens with their data.',
      fr: 'Le résumé est trop court pour dire aux personnes ce que deviennent leurs données.',
    },
    find: wordingsWhere('summary', ({ summary }) => summary.trim().split(/\s+/).length < 5),
  },
  'purpose-titles-alike': {
    severity: 'error',
    source: edpbConsent('section 3.2, specific'),
    message: {
      en: 'Two purposes have the same title: people cannot tell them apart.',
      fr: 'Deux finalités ont le même titre : on ne peut les distinguer.',
    },
    find: purposeTextsWhere(
      'title',
      ({ title }, all) => all.filter((other) => plain(other.title) === plain(title)).length > 1,
    ),
  },
  'purpose-undescribed': {
    severity: 'error',
    source: edpbConsent('section 3.3.1, the purpose of each of the processing operations'),
    message: {
      en: 'The description of a purpose says no more than its title.',
      fr: 'La description d’une finalité n’en dit pas plus que son titre.',
    },
    find: purposeTextsWhere('description', ({ title, description }) => plain(description) === plain(title)),
  },
  'wording-vague': {
    severity: 'warning',
    source: wp260('section “Clear and plain language”, poor practice examples'),
    message: {
      en: 'A phrase leaves open what is done with the data, as “may use” and “for research purposes” do.',
      fr: 'Une tournure laisse ouvert l’usage des données, comme « pouvons utiliser » et « à des fins de recherche ».',
    },
    find: (given) =>
      wordedTexts(given)
        .filter(({ text }) => VAGUE.test(plain(text)))
        .map(({ path }) => placeOf(path)),
  },
}

/** Language qualifiers and empty purposes, in texts made {@link plain}. */
const VAGUE =
  /\b(?:may|might|could) (?:also )?(?:use|share|process|disclose|transfer|combine)\b|\bfor (?:research|business|other) purposes\b|\b(?:develop|offer) new (?:products|services)\b|\bimprove your experience\b|\b(?:pouvons|pourrons|pourrions|pouvant|peuvent|pourraient) (?:aussi )?(?:utiliser|partager|traiter|communiquer|transferer|combiner)\b|\ba des fins (?:de recherche|commerciales|diverses)\b|\b(?:developper|proposer) de nouveaux (?:produits|services)\b|\bameliorer votre experience\b/u

function hasPlaceholder({ text }: PlacedText): boolean {
  return findPlaceholders(text).length > 0
}

function wordingsWhere(member: keyof NoticeWording, test: (wording: NoticeWording) => boolean): NoticeRule['find'] {
  return ({ notice }) =>
    Object.entries(notice.wording)
      .filter(([, wording]) => test(wording))
      .map(([language]) => ({ path: `wording.${language}.${member}`, language }))
}

function purposeTextsWhere(
  member: keyof PurposeWording,
  test: (wording: PurposeWording, all: readonly PurposeWording[]) => boolean,
): NoticeRule['find'] {
  return ({ notice }) =>
    Object.entries(notice.wording).flatMap(([language, { purposes }]): NoticePlace[] =>
      Object.entries(purposes)
        .filter(([, wording]) => test(wording, Object.values(purposes)))
        .map(([id]) => ({ path: `wording.${language}.purposes.${id}.${member}`, language })),
    )
}
