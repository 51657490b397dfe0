import {
  demands,
  hasFactor,
  isConsent,
  type NoticeRule,
  purposesUnsaid,
  purposesWhere,
  wordingUnsaid,
} from '../rule.js'
import { gdpr, tier } from '../sources.js'

/** Names a rule of `NOTICE_RULES`. */
export type TierRuleCode =
  | 'contact-missing'
  | 'contact-unsaid'
  | 'contact-contradicted'
  | 'consent-demanded'
  | 'insights-unsaid'
  | 'ai-missing'
  | 'ai-contradicted'
  | 'ai-unsaid'
  | 'safeguards-unsaid'

/** What the tier of a practice demands of the notice. */
export const TIER_RULES: Readonly<Record<TierRuleCode, NoticeRule>> = {
  'contact-missing': {
    severity: 'error',
    source: tier('medium risk: privacy communications that set expectations'),
    message: {
      en: 'By which ways people will be contacted afterwards is not said; an empty list says that they will not be.',
      fr: 'Il n’est pas dit par quels moyens les personnes seront contactées ensuite ; une liste vide dit qu’elles ne le seront pas.',
    },
    find: purposesWhere(
      'contact',
      (use) => demands(use, 'expectation-communication') && use.purpose.contact === undefined,
    ),
  },
  'contact-unsaid': {
    severity: 'error',
    source: tier('medium risk: privacy communications that set expectations'),
    message: {
      en: 'The wording does not say what contact to expect afterwards, or that there is none: a call must surprise nobody.',
      fr: 'Le texte ne dit pas à quel contact s’attendre ensuite, ou qu’il n’y en a pas : un appel ne doit surprendre personne.',
    },
    find: purposesUnsaid('contact', (use) => demands(use, 'expectation-communication')),
  },
  'contact-contradicted': {
    severity: 'error',
    source: tier('medium risk: privacy communications that set expectations'),
    message: {
      en: 'A practice contacts people about what they said, and the purpose says that nobody is contacted.',
      fr: 'Une pratique contacte les personnes au sujet de leurs réponses, et la finalité dit que personne n’est contacté.',
    },
    find: purposesWhere(
      'contact',
      (use) => hasFactor(use, ['individual-follow-up']) && use.purpose.contact?.length === 0,
    ),
  },
  'consent-demanded': {
    severity: 'error',
    source: tier('high risk: ask customers for their consent'),
    message: {
      en: 'The tier of a practice demands consent, and its purpose rests on another legal basis: the gate will refuse it.',
      fr: 'Le niveau d’une pratique exige le consentement, et sa finalité repose sur une autre base légale : elle sera refusée.',
    },
    find: purposesWhere('legalBasis', (use) => demands(use, 'consent') && !isConsent(use.purpose)),
  },
  'insights-unsaid': {
    severity: 'error',
    source: tier('high risk: explain how the data and the insights from its analysis are used'),
    message: {
      en: 'The wording does not say what is learnt from analysing the data, and how that is used.',
      fr: 'Le texte ne dit pas ce que l’analyse des données apprend, ni comment on s’en sert.',
    },
    find: purposesUnsaid('insights', (use) => demands(use, 'use-and-insights-explanation')),
  },
  'ai-missing': {
    severity: 'error',
    source: gdpr('article 5(1)(a), transparency'),
    message: {
      en: 'At this tier it must be said whether software reads or judges the answers; an empty list says that none does.',
      fr: 'À ce niveau il faut dire si un logiciel lit ou juge les réponses ; une liste vide dit que non.',
    },
    find: purposesWhere('ai', (use) => demands(use, 'use-and-insights-explanation') && use.purpose.ai === undefined),
  },
  'ai-contradicted': {
    severity: 'error',
    source: gdpr('articles 5(1)(a), 13(1)(e) and 14(1)(e)'),
    message: {
      en: 'A practice gives data to an AI, or one of somebody else, and the purpose names none such.',
      fr: 'Une pratique transmet des données à une IA, ou à celle d’un tiers, et la finalité n’en nomme pas de telle.',
    },
    find: purposesWhere('ai', (use) => {
      const { ai = [] } = use.purpose
      const isForeign = ai.some(({ operator }) => operator !== 'controller')
      return (hasFactor(use, ['third-party-ai']) && !isForeign) || (hasFactor(use, ['ai-analysis']) && ai.length === 0)
    }),
  },
  'ai-unsaid': {
    severity: 'error',
    source: gdpr('article 5(1)(a), transparency'),
    message: {
      en: 'An AI is used, and the wording does not say what it does, whose it is and whether it learns from the data.',
      fr: 'Une IA est utilisée, et le texte ne dit pas ce qu’elle fait, à qui elle est, ni si elle apprend des données.',
    },
    find: purposesUnsaid('ai', ({ purpose }) => (purpose.ai ?? []).length > 0),
  },
  'safeguards-unsaid': {
    severity: 'warning',
    source: tier('very high risk: security controls for storing, stringent policies for accessing'),
    message: {
      en: 'The wording does not say how data of this tier is protected and who may see it.',
      fr: 'Le texte ne dit pas comment les données de ce niveau sont protégées, ni qui peut les voir.',
    },
    find: wordingUnsaid('safeguards', ({ uses }) => uses.some((use) => demands(use, 'access-policy'))),
  },
}
