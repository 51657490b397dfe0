import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import {
  classifyPractice,
  type FactorId,
  type Language,
  PRACTICES,
  RISK_TIERS,
  type RiskTier,
  type Text,
} from '@surveyseal/core/risk'
import { IDENTIFIER } from '../lib/patterns.js'
import type { NoticeInput, NoticeRight, NoticeTransfer, NoticeWording } from '../notice.js'
import { placeholdersOf } from './placeholders.js'
import { COMMON_TEXTS, type CommonText } from './templates/common-texts.js'
import { templatePurpose } from './templates/template-purpose.js'

/** A practice a template is for: what `assessProgramme` and `classifyPractice` say of it. */
export interface TemplatePractice {
  readonly id: string
  readonly tier: RiskTier
  readonly reasons: readonly { readonly factor: FactorId }[]
}

/** Options of {@link noticeTemplate}: the practices of a programme, or all of the list that are of one tier. */
export type NoticeTemplateOptions = {
  /** Where data goes outside of the European Economic Area; an empty list says that it stays. */
  readonly transfers: readonly NoticeTransfer[]
  /** Both when absent. */
  readonly languages?: readonly Language[]
  /** Of the notice; `feedback` and `1` when absent. */
  readonly id?: string
  readonly version?: string
} & ({ readonly practices: readonly TemplatePractice[] } | { readonly tier: RiskTier })

/** A notice to begin with. */
export interface NoticeTemplate {
  /** With placeholders such as `{{controller.name}}`, which `fillNoticeTemplate` fills in. */
  readonly notice: NoticeInput
  /** The names of its placeholders. */
  readonly placeholders: readonly string[]
  /** What it promises on your behalf. Change what is not so. */
  readonly assertions: readonly Text[]
}

/**
 * Writes a notice to begin with, in English and French: one purpose for each practice, with what its tier demands.
 *
 * The low tier rests on legitimate interests and explains; from the medium tier on each purpose asks for consent and says
 * what contact to expect; from the high tier on it explains the insights and the AI; at the very high tier it says how the
 * data is protected. Filled in, it passes `lintNotice` for these practices. It is still a draft: it promises things on the
 * controller's behalf, listed in `assertions`, and nobody but the controller knows whether they are so. Practices outside
 * the list get placeholders instead of words.
 *
 * @example
 * A draft for a programme.
 *
 * ```ts
 * import { noticeTemplate } from '@surveyseal/consent/notices'
 *
 * export const { notice, placeholders, assertions } = noticeTemplate({ tier: 'medium', transfers: [] })
 * // placeholders: 'controller.name', 'controller.contact', 'dpo.name', …
 * ```
 *
 * @param options - See {@link NoticeTemplateOptions}.
 * @returns The template. Not legal advice.
 * @throws RangeError `ERR_INVALID_ARG_VALUE` for a tier or language that there is none of, and for a practice whose id is no
 * identifier.
 */
export function noticeTemplate(options: NoticeTemplateOptions): NoticeTemplate {
  const { transfers, languages = ['en', 'fr'], id = 'feedback', version = '1' } = options
  const practices = 'practices' in options ? options.practices : practicesOf(options.tier)
  assertTemplate(practices, languages)
  const parts = practices.map((practice) => templatePurpose(practice, transfers))
  const isSensitive = practices.some(({ tier }) => tier === 'very-high')
  const rights: readonly NoticeRight[] = [...RIGHTS, ...(parts.some((part) => part.decides) ? DECISION_RIGHTS : [])]
  const notice: NoticeInput = {
    ...{ id, version, rights },
    controller: { name: '{{controller.name}}', contact: '{{controller.contact}}' },
    dpo: { name: '{{dpo.name}}', contact: '{{dpo.contact}}' },
    supervisoryAuthority: { name: '{{authority.name}}', contact: '{{authority.contact}}' },
    purposes: parts.map(({ purpose }) => purpose),
    wording: Object.fromEntries(
      languages.map((language) => [
        language,
        {
          ...commonWording(language, isSensitive),
          purposes: Object.fromEntries(parts.map(({ purpose, wording }) => [purpose.id, wording[language]])),
          terms: Object.assign({}, ...parts.map(({ terms }) => terms[language])),
        },
      ]),
    ),
  }
  const assertions = ASSERTIONS.filter(({ when }) => when === undefined || parts.some((part) => part[when]))
  return { notice, placeholders: placeholdersOf(notice), assertions: assertions.map(({ text }) => text) }
}

/** All that any purpose of a template can owe. */
const RIGHTS: readonly NoticeRight[] = [
  ...(['withdrawal', 'access', 'rectification', 'erasure'] as const),
  ...(['restriction', 'portability', 'objection', 'complaint'] as const),
]
const DECISION_RIGHTS: readonly NoticeRight[] = ['human-review']

function assertTemplate(practices: readonly TemplatePractice[], languages: readonly Language[]): void {
  if (!Array.isArray(practices)) throw invalidArgumentType('options.practices', 'array', practices)
  if (practices.length === 0 || !practices.every(({ id }) => IDENTIFIER.test(id))) {
    throw invalidArgumentValue(
      'options.practices',
      'one practice or more, each with an identifier of letters and digits',
    )
  }
  if (languages.length === 0 || !languages.every((language) => ['en', 'fr'].includes(language))) {
    throw invalidArgumentValue('options.languages', '"en", "fr" or both')
  }
}

function practicesOf(tier: RiskTier): readonly TemplatePractice[] {
  if (!RISK_TIERS.includes(tier)) throw invalidArgumentValue('options.tier', `one of ${RISK_TIERS.join(', ')}`)
  const ids = Object.keys(PRACTICES) as (keyof typeof PRACTICES)[]
  return ids.map((id) => classifyPractice(id)).filter((practice) => practice.tier === tier)
}

function commonWording(language: Language, isSensitive: boolean): Omit<NoticeWording, 'purposes' | 'terms'> {
  const say = (text: CommonText): string => COMMON_TEXTS[text][language]
  return {
    title: say('title'),
    summary: say('summary'),
    withdrawal: say('withdrawal'),
    rights: say('rights'),
    complaint: say('complaint'),
    linkage: `{{linkage.${language}}}`,
    ...(isSensitive ? { safeguards: say('safeguards') } : {}),
  }
}

const ASSERTIONS: readonly { readonly text: Text; readonly when?: 'usesAi' | 'contacts' | 'isSensitive' }[] = [
  {
    text: {
      en: 'Giving the data is voluntary, and refusing has no consequence.',
      fr: 'Donner les données est facultatif, et refuser est sans conséquence.',
    },
  },
  {
    text: {
      en: 'Withdrawing takes one click on the link of the receipt.',
      fr: 'Le retrait demande un clic sur le lien du reçu.',
    },
  },
  {
    text: {
      en: 'The data comes from the named sources alone, goes to the named recipients alone and is deleted after the named time.',
      fr: 'Les données viennent des seules sources nommées, vont aux seuls destinataires nommés et sont supprimées après la durée dite.',
    },
  },
  {
    when: 'contacts',
    text: {
      en: 'People are contacted once, by telephone or e-mail, about what they answered, and for nothing else.',
      fr: 'Les personnes sont contactées une fois, par téléphone ou courriel, au sujet de leurs réponses et de rien d’autre.',
    },
  },
  {
    when: 'usesAi',
    text: {
      en: 'No software learns from the data: contracts with providers forbid it.',
      fr: 'Aucun logiciel n’apprend des données : les contrats des prestataires l’interdisent.',
    },
  },
  {
    when: 'isSensitive',
    text: {
      en: 'The data is encrypted at rest, and an access policy is in force.',
      fr: 'Les données sont chiffrées au repos, et une politique d’accès est en vigueur.',
    },
  },
]
