import { plain } from '../../lib/plain-text.js'
import { type NoticeCase, type NoticePlace, type NoticeRule, placeOf, wordedTexts, wordingUnsaid } from '../rule.js'
import { project } from '../sources.js'

/** Names a rule of `NOTICE_RULES`. */
export type ClaimRuleCode =
  | 'anonymity-claimed'
  | 'anonymity-unqualified'
  | 'unidentifiability-claimed'
  | 'linkage-unsaid'

/** No claim about privacy beyond what is so. */
export const CLAIM_RULES: Readonly<Record<ClaimRuleCode, NoticeRule>> = {
  'anonymity-claimed': {
    severity: 'error',
    source: project('no answer is called anonymous that is tied to a person; GDPR recital 26'),
    message: {
      en: 'The wording says “anonymous” where answers are tied to people, or nothing declares that they are not.',
      fr: 'Le texte dit « anonyme » là où les réponses sont liées aux personnes, ou sans que rien ne déclare le contraire.',
    },
    find: (given) => (isTied(given) ? anonymityClaims(given) : []),
  },
  'anonymity-unqualified': {
    severity: 'warning',
    source: project('every linkage leaves something open: free text, addresses, small groups; GDPR recital 26'),
    message: {
      en: 'The wording says “anonymous”: say instead what the operator cannot know, and what remains.',
      fr: 'Le texte dit « anonyme » : dites plutôt ce que l’opérateur ne peut savoir, et ce qui reste.',
    },
    find: (given) => (isTied(given) ? [] : anonymityClaims(given)),
  },
  'unidentifiability-claimed': {
    severity: 'warning',
    source: project('no answer is called unidentifiable that is tied to a person; GDPR article 4(1) and (5)'),
    message: {
      en: 'The wording says that people cannot be identified, where answers are tied to them or nothing declares that they are not.',
      fr: 'Le texte dit que les personnes ne peuvent être identifiées, alors que les réponses leur sont liées, ou sans déclaration contraire.',
    },
    find: (given) =>
      isTied(given)
        ? wordedTexts(given)
            .filter(({ text }) => UNIDENTIFIABLE.test(plain(text)))
            .map(({ path }) => placeOf(path))
        : [],
  },
  'linkage-unsaid': {
    severity: 'error',
    source: project('people are told what ties their answers to them; GDPR article 5(1)(a)'),
    message: {
      en: 'What ties answers to people was declared for the survey, and the wording does not tell it.',
      fr: 'Ce qui relie les réponses aux personnes a été déclaré pour l’enquête, et le texte ne le dit pas.',
    },
    find: wordingUnsaid('linkage', ({ linkage }) => linkage !== null),
  },
}

/** “anonymous” and its kin in most European languages, once {@link plain}. */
const ANONYMOUS = /\banon(?:[iy]{1,2}e?m|uum)|аноним|ανωνυμ|匿名|익명/gu

/** What, right before it, turns the claim into its opposite. Anything between the two and it is a claim again. */
const DENIED =
  /(?:(?:\bnot|\bnever|n't|\bpas|\bnon|\bjamais|\bnicht)(?: (?:be|fully|truly|strictly|completely|entirely|really|vraiment|totalement|entierement|strictement))?[ -]|\b(?:de|re)-)$/u

const UNIDENTIFIABLE =
  /\b(?:cannot|can't|can not|will not|won't|never|unable to) (?:be )?(?:personally )?identif|\bimpossible to identify|\buntraceable|\bno personal data\b|\bimpossible (?:de|d')(?: ?vous)? ?identifi|\b(?:ne|n') ?(?:pouvons|pourrons|peut|peuvent|pouvez|permet|permettent|permettra) (?:pas |jamais |en aucun cas )?(?:de )?(?:vous )?(?:etre )?identifi|\bne (?:vous )?identifi\w+ (?:pas|jamais)|\baucune donnee personnelle\b/u

function isTied({ linkage }: NoticeCase): boolean {
  return linkage === null || linkage === 'identified' || linkage === 'pseudonymous'
}

function anonymityClaims(given: NoticeCase): readonly NoticePlace[] {
  return wordedTexts(given)
    .filter(({ text }) => claimsAnonymity(plain(text)))
    .map(({ path }) => placeOf(path))
}

function claimsAnonymity(text: string): boolean {
  return [...text.matchAll(ANONYMOUS)].some(({ index }) => !DENIED.test(text.slice(Math.max(0, index - 40), index)))
}
