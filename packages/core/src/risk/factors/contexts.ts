import type { Factor } from '../factors.js'

/** What a practice happens in. */
export type ContextFactorId =
  | 'large-scale'
  | 'transfers'
  | 'consultants'
  | 'other-recipients'
  | 'employees'
  | 'children'
  | 'vulnerable-people'
  | 'physical-harm'

/** @internal */
export const CONTEXT_FACTORS: Readonly<Record<ContextFactorId, Factor>> = {
  'large-scale': {
    kind: 'context',
    tier: 'medium',
    evidence: 'inferred',
    source: 'wp248',
    criteria: ['large-scale'],
    name: { en: 'Large scale', fr: 'Grande échelle' },
    why: {
      en: 'Processing on a large scale is criterion 5.',
      fr: 'Le traitement à grande échelle est le critère 5.',
    },
  },
  transfers: {
    kind: 'context',
    tier: 'medium',
    evidence: 'inferred',
    source: 'feedier',
    criteria: [],
    name: { en: 'Transfer outside the EEA', fr: 'Transfert hors de l’EEE' },
    why: {
      en: 'Transfers outside Europe are the first of the seven risks; GDPR chapter V demands safeguards.',
      fr: 'Les transferts hors d’Europe sont le premier des sept risques ; le chapitre V du RGPD exige des garanties.',
    },
  },
  consultants: {
    kind: 'context',
    tier: 'medium',
    evidence: 'inferred',
    source: 'feedier',
    criteria: [],
    name: { en: 'Access by consultants', fr: 'Accès de consultants' },
    why: {
      en: 'Access by people who are not employees is the sixth of the seven risks.',
      fr: 'L’accès de personnes qui ne sont pas des employés est le sixième des sept risques.',
    },
  },
  'other-recipients': {
    kind: 'context',
    tier: 'medium',
    evidence: 'inferred',
    source: 'gdpr',
    criteria: [],
    name: { en: 'Other companies receive the data', fr: 'Autres entreprises destinataires' },
    why: {
      en: 'Article 13(1)(e) makes recipients part of the notice: people must know who else gets their data.',
      fr: 'L’article 13, paragraphe 1, point e), inscrit les destinataires dans la notice : chacun doit savoir qui d’autre reçoit ses données.',
    },
  },
  employees: {
    kind: 'context',
    tier: 'medium',
    evidence: 'inferred',
    source: 'wp248',
    criteria: ['vulnerable-subjects'],
    name: { en: 'Feedback of employees', fr: 'Avis de salariés' },
    why: {
      en: 'Employees depend on their employer and count as vulnerable in criterion 7.',
      fr: 'Les salariés dépendent de leur employeur et comptent parmi les personnes vulnérables du critère 7.',
    },
  },
  children: {
    kind: 'context',
    tier: 'high',
    evidence: 'inferred',
    source: 'wp248',
    criteria: ['vulnerable-subjects'],
    name: { en: 'Children', fr: 'Enfants' },
    why: {
      en: 'Children cannot be expected to oppose or consent knowingly: criterion 7.',
      fr: 'On ne peut attendre d’enfants qu’ils s’opposent ou consentent en connaissance de cause : critère 7.',
    },
  },
  'vulnerable-people': {
    kind: 'context',
    tier: 'high',
    evidence: 'inferred',
    source: 'wp248',
    criteria: ['vulnerable-subjects'],
    name: { en: 'Vulnerable people', fr: 'Personnes vulnérables' },
    why: {
      en: 'Patients, older people and others in an unequal position are criterion 7.',
      fr: 'Les patients, les personnes âgées et d’autres en position inégale relèvent du critère 7.',
    },
  },
  'physical-harm': {
    kind: 'context',
    tier: 'high',
    evidence: 'inferred',
    source: 'ico',
    criteria: [],
    name: { en: 'A breach could endanger people', fr: 'Une violation peut mettre en danger' },
    why: {
      en: 'The ICO lists processing of which a breach could put somebody’s health or safety at risk.',
      fr: 'L’ICO inscrit les traitements dont une violation pourrait menacer la santé ou la sécurité d’une personne.',
    },
  },
}
