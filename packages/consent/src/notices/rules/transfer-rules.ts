import type { NoticePurpose, NoticeTransfer, TransferMechanism } from '../../notice.js'
import { type NoticeCase, type NoticePlace, type NoticeRule, purposesUnsaid, purposesWhere } from '../rule.js'
import { edpbConsent, gdpr } from '../sources.js'

/** Names a rule of `NOTICE_RULES`. */
export type TransferRuleCode =
  | 'transfers-missing'
  | 'transfers-contradicted'
  | 'transfers-unsaid'
  | 'transfer-risks-unsaid'
  | 'transfer-unreferenced'
  | 'transfer-not-adequate'
  | 'transfer-inside-eea'
  | 'storage-without-transfer'

/** Where data goes. */
export const TRANSFER_RULES: Readonly<Record<TransferRuleCode, NoticeRule>> = {
  'transfers-missing': {
    severity: 'error',
    source: gdpr('articles 13(1)(f) and 14(1)(f)'),
    message: {
      en: 'Whether data leaves the European Economic Area is not said; an empty list says that it does not.',
      fr: 'Il n’est pas dit si des données quittent l’Espace économique européen ; une liste vide dit que non.',
    },
    find: purposesWhere('transfers', ({ purpose }) => purpose.transfers === undefined),
  },
  'transfers-contradicted': {
    severity: 'error',
    source: gdpr('articles 13(1)(f) and 14(1)(f)'),
    message: {
      en: 'A practice was assessed as transferring data, and the purpose names no transfer.',
      fr: 'Une pratique a été évaluée comme transférant des données, et la finalité ne nomme aucun transfert.',
    },
    find: purposesWhere(
      'transfers',
      ({ purpose, practices }) =>
        purpose.transfers?.length === 0 &&
        practices.some(({ reasons }) => reasons.some(({ factor }) => factor === 'transfers')),
    ),
  },
  'transfers-unsaid': {
    severity: 'error',
    source: gdpr('articles 13(1)(f) and 14(1)(f)'),
    message: {
      en: 'Data is transferred, and the wording does not say where to, under which safeguards and how to get a copy of them.',
      fr: 'Des données sont transférées, et le texte ne dit pas où, sous quelles garanties, ni comment en obtenir copie.',
    },
    find: purposesUnsaid('transfers', ({ purpose }) => (purpose.transfers ?? []).length > 0),
  },
  'transfer-risks-unsaid': {
    severity: 'error',
    source: edpbConsent('section 3.3.1, possible risks of transfers; GDPR article 49(1)(a)'),
    message: {
      en: 'A transfer has neither an adequacy decision nor safeguards, and the wording does not tell its risks.',
      fr: 'Un transfert n’a ni décision d’adéquation ni garanties, et le texte n’en dit pas les risques.',
    },
    find: purposesUnsaid(
      'transfers',
      ({ purpose }) => purpose.transfers?.some(({ mechanism }) => mechanism === 'derogation') ?? false,
    ),
  },
  'transfer-unreferenced': {
    severity: 'error',
    source: gdpr('articles 13(1)(f), 14(1)(f) and 46'),
    message: {
      en: 'A transfer rests on safeguards, and nothing says where a copy of them is to be had.',
      fr: 'Un transfert repose sur des garanties, et rien ne dit où en obtenir copie.',
    },
    find: transfersWhere(
      'reference',
      ({ mechanism, reference }) => SAFEGUARDS.includes(mechanism) && reference === undefined,
    ),
  },
  'transfer-not-adequate': {
    severity: 'error',
    source: gdpr('article 45'),
    message: {
      en: 'A transfer rests on an adequacy decision, and none was in force for that country, or it covers some recipients only and nothing says why this one.',
      fr: 'Un transfert repose sur une décision d’adéquation : aucune n’était en vigueur pour ce pays, ou elle ne couvre que certains destinataires et rien ne dit pourquoi celui-ci.',
    },
    find: transfersWhere('mechanism', ({ mechanism, country, reference }, { adequacy }) => {
      const decision = adequacy.find((decision) => decision.country === country)
      const isCovered = decision !== undefined && (decision.isPartial !== true || reference !== undefined)
      return mechanism === 'adequacy' && !isCovered
    }),
  },
  'transfer-inside-eea': {
    severity: 'warning',
    source: gdpr('article 44'),
    message: {
      en: 'A transfer stays within the European Economic Area: it needs no mechanism, and is none.',
      fr: 'Un transfert reste dans l’Espace économique européen : il ne demande aucun mécanisme, et n’en est pas un.',
    },
    find: transfersWhere('country', ({ country }, { eea }) => eea.includes(country)),
  },
  'storage-without-transfer': {
    severity: 'error',
    source: gdpr('article 44'),
    message: {
      en: 'Data is stored in a country outside the European Economic Area to which no transfer is named.',
      fr: 'Des données sont stockées dans un pays hors de l’Espace économique européen vers lequel aucun transfert n’est nommé.',
    },
    find: ({ uses, eea }) =>
      uses.flatMap(({ path, purpose }) =>
        (purpose.storageLocations ?? [])
          .map((country, index) => ({ country, path: `${path}.storageLocations[${index}]` }))
          .filter(({ country }) => !eea.includes(country) && !goesTo(purpose, country))
          .map(({ path }) => ({ path })),
      ),
  },
}

/** Those of which people may have a copy. */
const SAFEGUARDS: readonly TransferMechanism[] = [
  'standard-contractual-clauses',
  'binding-corporate-rules',
  'code-of-conduct',
  'certification',
  'authorised-clauses',
]

function transfersWhere(
  member: keyof NoticeTransfer,
  test: (transfer: NoticeTransfer, given: NoticeCase) => boolean,
): NoticeRule['find'] {
  return (given) =>
    given.uses.flatMap(({ path, purpose }): NoticePlace[] =>
      (purpose.transfers ?? [])
        .map((transfer, index) => ({ transfer, path: `${path}.transfers[${index}].${member}` }))
        .filter(({ transfer }) => test(transfer, given))
        .map(({ path }) => ({ path })),
    )
}

function goesTo({ transfers = [] }: NoticePurpose, country: string): boolean {
  return transfers.some((transfer) => transfer.country === country)
}
