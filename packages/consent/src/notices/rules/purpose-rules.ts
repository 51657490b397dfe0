import type { FactorId } from '@surveyseal/core/risk'
import { parseDuration } from '../../lib/duration.js'
import { plain } from '../../lib/plain-text.js'
import { hasFactor, isConsent, type NoticeCase, type NoticeRule, purposesUnsaid, purposesWhere } from '../rule.js'
import { edpbConsent, gdpr, wp260 } from '../sources.js'

/** Names a rule of `NOTICE_RULES`. */
export type PurposeRuleCode =
  | 'purpose-without-practice'
  | 'practice-without-purpose'
  | 'practice-not-assessed'
  | 'purpose-bundled'
  | 'legitimate-interests-unsaid'
  | 'special-category-basis'
  | 'special-category-missing'
  | 'recipients-vague'
  | 'retention-unparseable'
  | 'sources-missing'
  | 'sources-unsaid'
  | 'provision-missing'
  | 'provision-unsaid'
  | 'consent-not-free'
  | 'automated-decisions-missing'
  | 'automated-decisions-contradicted'
  | 'automated-decisions-unsaid'

/** What each purpose is, and what happens to the data. */
export const PURPOSE_RULES: Readonly<Record<PurposeRuleCode, NoticeRule>> = {
  'purpose-without-practice': {
    severity: 'error',
    source: gdpr('article 5(1)(b)'),
    message: {
      en: 'A purpose permits no practice: people are asked for something that nothing uses.',
      fr: 'Une finalité ne permet aucune pratique : on demande aux personnes ce que rien n’utilise.',
    },
    find: purposesWhere('practices', ({ purpose }) => purpose.practices.length === 0),
  },
  'practice-without-purpose': {
    severity: 'error',
    source: gdpr('articles 13(1)(c) and 14(1)(c)'),
    message: {
      en: 'The programme runs a practice that no purpose of the notice permits.',
      fr: 'Le programme met en œuvre une pratique qu’aucune finalité de la notice ne permet.',
    },
    find: ({ notice, assessment }) =>
      assessment.practices
        .map(({ id }, index) => ({ id, path: `assessment.practices[${index}]` }))
        .filter(({ id }) => !notice.purposes.some(({ practices }) => practices.includes(id)))
        .map(({ path }) => ({ path })),
  },
  'practice-not-assessed': {
    severity: 'error',
    source: gdpr('articles 5(2) and 24(1)'),
    message: {
      en: 'A purpose permits a practice that was not assessed: the gate will refuse it.',
      fr: 'Une finalité permet une pratique qui n’a pas été évaluée : elle sera refusée.',
    },
    find: ({ uses }) =>
      uses.flatMap(({ path, purpose, practices }) =>
        purpose.practices
          .map((practice, index) => ({ practice, path: `${path}.practices[${index}]` }))
          .filter(({ practice }) => !practices.some(({ id }) => id === practice))
          .map(({ path }) => ({ path })),
      ),
  },
  'purpose-bundled': {
    severity: 'error',
    source: edpbConsent('section 3.1.3, granularity'),
    message: {
      en: 'One consent covers practices with different ends: each needs a purpose of its own.',
      fr: 'Un seul consentement couvre des pratiques aux fins différentes : à chacune sa finalité.',
    },
    find: purposesWhere('practices', ({ purpose, practices }) => {
      const ends = practices.map(({ reasons }) => ENDS.findIndex((end) => reasons.some((r) => end.includes(r.factor))))
      return isConsent(purpose) && new Set(ends.filter((end) => end >= 0)).size > 1
    }),
  },
  'legitimate-interests-unsaid': {
    severity: 'error',
    source: gdpr('articles 13(1)(d) and 14(2)(b)'),
    message: {
      en: 'A purpose rests on legitimate interests, and the wording does not say which.',
      fr: 'Une finalité repose sur des intérêts légitimes, et le texte ne dit pas lesquels.',
    },
    find: purposesUnsaid('legitimateInterests', ({ purpose }) => purpose.legalBasis === 'legitimate-interests'),
  },
  'special-category-basis': {
    severity: 'error',
    source: gdpr('article 9(1) and (2)(a)'),
    message: {
      en: 'Special categories of data need an exception of article 9: of those, a notice can ask for explicit consent.',
      fr: 'Les catégories particulières exigent une exception de l’article 9 ; une notice peut demander le consentement explicite.',
    },
    find: purposesWhere('legalBasis', (use) => usesSpecial(use) && use.purpose.legalBasis !== 'explicit-consent'),
  },
  'special-category-missing': {
    severity: 'error',
    source: gdpr('articles 9(1), 10 and 14(1)(d)'),
    message: {
      en: 'A practice was assessed as using special categories of data, and the purpose does not say which those are.',
      fr: 'Une pratique a été évaluée comme utilisant des catégories particulières, et la finalité ne dit pas lesquelles.',
    },
    find: purposesWhere(
      'specialCategories',
      (use) => hasFactor(use, SPECIAL) && (use.purpose.specialCategories ?? []).length === 0,
    ),
  },
  'recipients-vague': {
    severity: 'warning',
    source: wp260('annex, recipients or categories of recipients'),
    message: {
      en: 'A recipient is as vague as “partners” or “third parties”: name it, or its kind, sector and place.',
      fr: 'Un destinataire est aussi vague que « partenaires » ou « tiers » : nommez-le, ou dites son type, son secteur, son lieu.',
    },
    find: ({ uses }) =>
      uses.flatMap(({ path, purpose }) =>
        purpose.recipients
          .map((recipient, index) => ({ recipient, path: `${path}.recipients[${index}]` }))
          .filter(({ recipient }) => VAGUE.test(plain(recipient)))
          .map(({ path }) => ({ path })),
      ),
  },
  'retention-unparseable': {
    severity: 'error',
    source: gdpr('articles 13(2)(a) and 14(2)(a)'),
    message: {
      en: 'How long data is kept is neither an ISO 8601 duration such as P2Y nor explained by criteria in the wording.',
      fr: 'La durée de conservation n’est ni une durée ISO 8601 comme P2Y, ni expliquée par des critères dans le texte.',
    },
    find: ({ notice, uses }) =>
      uses
        .filter(({ purpose }) => parseDuration(purpose.retention) === null)
        .filter(({ purpose: { id } }) => Object.values(notice.wording).some((w) => !w.purposes[id]?.retention))
        .map(({ path }) => ({ path: `${path}.retention` })),
  },
  'sources-missing': {
    severity: 'error',
    source: gdpr('article 14(2)(f)'),
    message: {
      en: 'Data comes from elsewhere than the person, by the assessment, and no such source is named.',
      fr: 'Selon l’évaluation, des données ne viennent pas de la personne, et aucune telle source n’est nommée.',
    },
    find: purposesWhere(
      'sources',
      (use) => hasFactor(use, ELSEWHERE) && !use.purpose.sources?.some(({ origin }) => origin !== 'person'),
    ),
  },
  'sources-unsaid': {
    severity: 'warning',
    source: gdpr('articles 13 and 14(2)(f)'),
    message: {
      en: 'Where the data comes from is not said: from the person alone, or from elsewhere too.',
      fr: 'L’origine des données n’est pas dite : de la personne seule, ou aussi d’ailleurs.',
    },
    find: purposesWhere('sources', ({ purpose }) => (purpose.sources ?? []).length === 0),
  },
  'provision-missing': {
    severity: 'warning',
    source: gdpr('article 13(2)(e)'),
    message: {
      en: 'Whether people have to provide the data is not said.',
      fr: 'Il n’est pas dit si les personnes sont tenues de fournir les données.',
    },
    find: purposesWhere('provision', ({ purpose }) => purpose.provision === undefined),
  },
  'provision-unsaid': {
    severity: 'error',
    source: gdpr('article 13(2)(e)'),
    message: {
      en: 'People have to provide the data, and the wording does not say what happens if they do not.',
      fr: 'Les personnes sont tenues de fournir les données, et le texte ne dit pas ce qui se passe sinon.',
    },
    find: purposesUnsaid('provision', ({ purpose }) => (purpose.provision ?? 'voluntary') !== 'voluntary'),
  },
  'consent-not-free': {
    severity: 'error',
    source: gdpr('article 7(4)'),
    message: {
      en: 'A purpose rests on consent, and people have to provide the data: such consent is not free.',
      fr: 'Une finalité repose sur le consentement, et les données sont obligatoires : ce consentement n’est pas libre.',
    },
    find: purposesWhere(
      'provision',
      ({ purpose }) => isConsent(purpose) && (purpose.provision ?? 'voluntary') !== 'voluntary',
    ),
  },
  'automated-decisions-missing': {
    severity: 'error',
    source: edpbConsent('section 3.3.1, automated decisions; GDPR articles 13(2)(f) and 14(2)(g)'),
    message: {
      en: 'Whether software alone decides about people is not said.',
      fr: 'Il n’est pas dit si un logiciel seul décide au sujet des personnes.',
    },
    find: purposesWhere('automatedDecisions', ({ purpose }) => purpose.automatedDecisions === undefined),
  },
  'automated-decisions-contradicted': {
    severity: 'error',
    source: gdpr('articles 13(2)(f), 14(2)(g) and 22'),
    message: {
      en: 'The assessment has profiling or automated decisions where the notice says there are none, or less.',
      fr: 'L’évaluation comporte un profilage ou des décisions automatisées là où la notice dit qu’il n’y en a pas, ou moins.',
    },
    find: purposesWhere('automatedDecisions', (use) => {
      const { automatedDecisions: said = 'none' } = use.purpose
      return (
        (hasFactor(use, ['automated-decision']) && said !== 'significant') ||
        (hasFactor(use, ['profiling']) && said === 'none')
      )
    }),
  },
  'automated-decisions-unsaid': {
    severity: 'error',
    source: gdpr('articles 13(2)(f) and 14(2)(g)'),
    message: {
      en: 'The wording does not explain the logic of profiles or decisions made by software, and what they mean for people.',
      fr: 'Le texte n’explique pas la logique des profils ou décisions automatiques, ni leur portée pour les personnes.',
    },
    find: purposesUnsaid('automatedDecisions', ({ purpose }) => (purpose.automatedDecisions ?? 'none') !== 'none'),
  },
}

const SPECIAL: readonly FactorId[] = ['special-category', 'biometrics', 'criminal-offence-data']
const ELSEWHERE: readonly FactorId[] = ['public-posts', 'invisible-collection', 'record-matching', 'behavioral-data']

/** Factors by the end they serve: practices that serve different ones are different things to say yes to. */
const ENDS: readonly (readonly FactorId[])[] = [
  ['individual-follow-up'],
  ['employee-access'],
  ['third-party-ai'],
  ['text-mining', 'ai-analysis'],
  ['profiling', 'automated-decision'],
  ['personalization'],
  ['additional-personal-data'],
  ['public-posts'],
  ['behavioral-data', 'systematic-monitoring'],
  ['voice-recordings'],
  ['video-recordings'],
]

const VAGUE =
  /^(?:(?:our|selected|trusted|certain|nos|des|certains) )*(?:(?:business|commercial) )?(?:partners|third parties|third party|suppliers|service providers|vendors|others|partenaires|tiers|prestataires|fournisseurs|sous-traitants|autres)$/u

function usesSpecial(use: NoticeCase['uses'][number]): boolean {
  return hasFactor(use, SPECIAL) || (use.purpose.specialCategories ?? []).length > 0
}
