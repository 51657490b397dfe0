import { plain, textsIn } from '../../lib/plain-text.js'
import type { NoticeWording } from '../../notice.js'
import { type NoticeCase, type NoticePlace, type NoticeRule, sharedTexts } from '../rule.js'
import { wp260 } from '../sources.js'

/** Names a rule of `NOTICE_RULES`. */
export type LanguageRuleCode =
  | 'language-missing'
  | 'wording-uneven'
  | 'wording-untranslated'
  | 'term-untranslated'
  | 'wording-other-language'

/** Everything in every language, and in that language. */
export const LANGUAGE_RULES: Readonly<Record<LanguageRuleCode, NoticeRule>> = {
  'language-missing': {
    severity: 'error',
    source: wp260('section “Clear and plain language”, translations'),
    message: {
      en: 'The notice is to be in a language it has no wording in.',
      fr: 'La notice doit exister dans une langue pour laquelle elle n’a pas de texte.',
    },
    find: ({ notice, languages }) =>
      languages
        .filter((language) => !Object.hasOwn(notice.wording, language))
        .map((language) => ({ path: 'wording', language })),
  },
  'wording-uneven': {
    severity: 'error',
    source: wp260('section “Clear and plain language”, translations'),
    message: {
      en: 'One language says something that another leaves out.',
      fr: 'Une langue dit quelque chose qu’une autre omet.',
    },
    find: findUneven,
  },
  'wording-untranslated': {
    severity: 'error',
    source: wp260('section “Clear and plain language”, translations'),
    message: {
      en: 'A text is the same in two languages, so one of them is not translated.',
      fr: 'Un texte est identique dans deux langues : l’une n’est pas traduite.',
    },
    find: findUntranslated,
  },
  'term-untranslated': {
    severity: 'error',
    source: wp260('section “Clear and plain language”, translations'),
    message: {
      en: 'A text that all languages share has no entry in the terms of this one.',
      fr: 'Un texte commun à toutes les langues n’a pas d’entrée parmi les termes de celle-ci.',
    },
    find: findUntranslatedTerms,
  },
  'wording-other-language': {
    severity: 'warning',
    source: wp260('section “Clear and plain language”, translations'),
    message: {
      en: 'The wording seems to be in another language than it says.',
      fr: 'Le texte semble écrit dans une autre langue que celle annoncée.',
    },
    find: ({ notice }) =>
      Object.entries(notice.wording)
        .filter(([language, wording]) => isOtherLanguage(language, wording))
        .map(([language]) => ({ path: `wording.${language}`, language })),
  },
}

/** Members of a wording, those of its purposes and details included; terms are looked at on their own. */
function membersOf({ terms: _, details = [], ...wording }: NoticeWording): ReadonlyMap<string, string> {
  const texts = [...textsIn(wording, ''), ...textsIn(details, '.details')]
  return new Map(texts.map(({ path, text }) => [path, text]))
}

function findUneven({ notice }: NoticeCase): readonly NoticePlace[] {
  const wordings = Object.entries(notice.wording).map(([language, wording]) => ({ language, said: membersOf(wording) }))
  const all = new Set(wordings.flatMap(({ said }) => [...said.keys()]))
  return wordings.flatMap(({ language, said }) =>
    [...all].filter((path) => !said.has(path)).map((path) => ({ path: `wording.${language}${path}`, language })),
  )
}

/** Texts of four words and more: titles such as “Feedback” may well be the same. */
function findUntranslated({ notice }: NoticeCase): readonly NoticePlace[] {
  const wordings = Object.entries(notice.wording).map(([language, wording]) => ({ language, said: membersOf(wording) }))
  return wordings.flatMap(({ language, said }, index) => {
    const earlier = wordings.slice(0, index).filter((other) => primary(other.language) !== primary(language))
    return [...said]
      .filter(([, text]) => plain(text).split(' ').length >= 4)
      .filter(([path, text]) => earlier.some((other) => plain(other.said.get(path) ?? '') === plain(text)))
      .map(([path]) => ({ path: `wording.${language}${path}`, language }))
  })
}

function findUntranslatedTerms({ notice }: NoticeCase): readonly NoticePlace[] {
  const wordings = Object.entries(notice.wording)
  if (new Set(wordings.map(([language]) => primary(language))).size < 2) return []
  return wordings.flatMap(([language, { terms = {} }]) =>
    sharedTexts(notice)
      .filter(({ text }) => !Object.hasOwn(terms, text))
      .map(({ path }) => ({ path, language })),
  )
}

function primary(language: string): string {
  return language.split('-')[0] ?? language
}

/** Words that are frequent in one of these languages and no words of the other. */
const FREQUENT: Readonly<Record<string, RegExp>> = {
  en: /\b(?:the|and|your|you|of|is|are|we|with|for|this|that)\b/g,
  fr: /\b(?:le|la|les|des|et|vous|votre|vos|nous|est|sont|avec|pour|une|ce)\b/g,
}

function isOtherLanguage(language: string, wording: NoticeWording): boolean {
  const text = plain([...membersOf(wording).values()].join(' '))
  const own = FREQUENT[primary(language)]
  if (own === undefined) return false
  const count = (words: RegExp): number => text.match(words)?.length ?? 0
  return Object.values(FREQUENT).some((words) => words !== own && count(words) >= 8 && count(words) > 2 * count(own))
}
