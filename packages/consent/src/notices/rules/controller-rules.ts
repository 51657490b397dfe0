import type { NoticeContact, NoticeInput, NoticeRight } from '../../notice.js'
import { isConsent, type NoticeRule, wordingUnsaid } from '../rule.js'
import { edpbConsent, gdpr, wp260 } from '../sources.js'

/** Names a rule of `NOTICE_RULES`. */
export type ControllerRuleCode =
  | 'representative-missing'
  | 'contact-unusable'
  | 'dpo-missing'
  | 'authority-missing'
  | 'right-missing'
  | 'rights-unsaid'
  | 'complaint-unsaid'
  | 'withdrawal-unclear'
  | 'withdrawal-hard'

/** Who is responsible, and what a person can do about it. */
export const CONTROLLER_RULES: Readonly<Record<ControllerRuleCode, NoticeRule>> = {
  'representative-missing': {
    severity: 'error',
    source: gdpr('articles 13(1)(a), 14(1)(a) and 27'),
    message: {
      en: 'The controller is established outside the European Economic Area, and no representative is named.',
      fr: 'Le responsable est établi hors de l’Espace économique européen, et aucun représentant n’est nommé.',
    },
    find: ({ notice: { controller, representative }, eea }) =>
      controller.country === undefined || eea.includes(controller.country) || representative !== undefined
        ? []
        : [{ path: 'representative' }],
  },
  'contact-unusable': {
    severity: 'warning',
    source: gdpr('articles 13(1)(a) and (b), 14(1)(a) and (b)'),
    message: {
      en: 'A contact has neither an e-mail or web address nor a number: people must be able to use it.',
      fr: 'Un contact n’a ni adresse électronique ou web, ni numéro : il faut pouvoir s’en servir.',
    },
    find: ({ notice }) =>
      contactsOf(notice)
        .filter(([, { contact }]) => !/[@\d]|\S\.\S/.test(contact))
        .map(([path]) => ({ path: `${path}.contact` })),
  },
  'dpo-missing': {
    severity: 'warning',
    source: gdpr('articles 13(1)(b), 14(1)(b) and 37'),
    message: {
      en: 'No data protection officer is named; leave this rule out if none has to be designated.',
      fr: 'Aucun délégué à la protection des données n’est nommé ; écartez cette règle si aucun n’est obligatoire.',
    },
    find: ({ notice }) => (notice.dpo === undefined ? [{ path: 'dpo' }] : []),
  },
  'authority-missing': {
    severity: 'warning',
    source: wp260('annex, right to lodge a complaint with a supervisory authority'),
    message: {
      en: 'No supervisory authority is named to which people can complain.',
      fr: 'Aucune autorité de contrôle n’est nommée à laquelle adresser une réclamation.',
    },
    find: ({ notice }) => (notice.supervisoryAuthority === undefined ? [{ path: 'supervisoryAuthority' }] : []),
  },
  'right-missing': {
    severity: 'error',
    source: gdpr('articles 13(2)(b) to (d) and 14(2)(c) to (e), 21(4) and 22(3)'),
    message: {
      en: 'A right that people have under one of these legal bases is not among those the notice tells of.',
      fr: 'Un droit dont disposent les personnes selon l’une de ces bases légales ne figure pas dans la notice.',
    },
    find: ({ notice }) =>
      rightsOwed(notice)
        .filter((right) => !notice.rights?.includes(right))
        .map((right) => ({ path: `rights.${right}` })),
  },
  'rights-unsaid': {
    severity: 'error',
    source: gdpr('articles 12(2), 13(2)(b) and 14(2)(c)'),
    message: {
      en: 'The wording does not tell which rights people have and how to use them.',
      fr: 'Le texte ne dit pas de quels droits les personnes disposent ni comment les exercer.',
    },
    find: wordingUnsaid('rights', () => true),
  },
  'complaint-unsaid': {
    severity: 'error',
    source: gdpr('articles 13(2)(d) and 14(2)(e)'),
    message: {
      en: 'The wording does not tell that people can complain to a supervisory authority.',
      fr: 'Le texte ne dit pas qu’une réclamation peut être adressée à une autorité de contrôle.',
    },
    find: wordingUnsaid('complaint', () => true),
  },
  'withdrawal-unclear': {
    severity: 'error',
    source: edpbConsent('section 3.3.1, the existence of the right to withdraw'),
    message: {
      en: 'A purpose rests on consent, and the text on how to withdraw it is too short to say how.',
      fr: 'Une finalité repose sur le consentement, et le texte sur son retrait est trop court pour dire comment faire.',
    },
    find: ({ notice }) =>
      Object.entries(notice.wording)
        .filter(([, { withdrawal }]) => notice.purposes.some(isConsent) && withdrawal.trim().split(/\s+/).length < 4)
        .map(([language]) => ({ path: `wording.${language}.withdrawal`, language })),
  },
  'withdrawal-hard': {
    severity: 'warning',
    source: gdpr('article 7(3)'),
    message: {
      en: 'Withdrawing seems to take a letter, a fee or a reason: it must be as easy as consenting.',
      fr: 'Le retrait semble exiger une lettre, des frais ou un motif : il doit être aussi simple que le consentement.',
    },
    find: ({ notice }) =>
      Object.entries(notice.wording)
        .filter(([, { withdrawal }]) => HARD.test(withdrawal))
        .map(([language]) => ({ path: `wording.${language}.withdrawal`, language })),
  },
}

const HARD =
  /registered (?:letter|mail)|by post only|only by (?:post|letter)|state your reasons|lettre recommandée|uniquement par (?:courrier|lettre)|motiver votre|frais de dossier/iu

function contactsOf(notice: NoticeInput): readonly [string, NoticeContact][] {
  const { controller, representative, dpo, supervisoryAuthority } = notice
  return Object.entries({ controller, representative, dpo, supervisoryAuthority }).filter(
    (entry): entry is [string, NoticeContact] => entry[1] !== undefined,
  )
}

/** Which rights follow from the legal bases: articles 7(3), 15 to 22 and 77. */
function rightsOwed({ purposes }: NoticeInput): readonly NoticeRight[] {
  const rests = (bases: readonly string[]): boolean => purposes.some(({ legalBasis }) => bases.includes(legalBasis))
  const consents = purposes.some(isConsent)
  const decides = purposes.some(({ automatedDecisions }) => automatedDecisions === 'significant')
  return [
    ...(['access', 'rectification', 'erasure', 'restriction', 'complaint'] as const),
    ...(consents ? (['withdrawal'] as const) : []),
    ...(consents || rests(['contract']) ? (['portability'] as const) : []),
    ...(rests(['legitimate-interests', 'public-task']) ? (['objection'] as const) : []),
    ...(decides ? (['human-review'] as const) : []),
  ]
}
