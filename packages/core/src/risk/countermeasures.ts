import type { Text } from '../lib/text.js'
import type { SourceId } from './sources.js'
import type { RiskTier, Standing } from './tier.js'
import { compareTiers } from './tier.js'

/** Something that must be in place before a practice runs. */
export interface Countermeasure {
  /** The lowest tier that demands it. */
  readonly tier: RiskTier
  /** `programme`: in place once for everybody. `person`: each person's own decision must be found in addition. */
  readonly scope: 'programme' | 'person'
  readonly source: SourceId
  /** The countermeasure it takes the place of. */
  readonly replaces?: CountermeasureId
  readonly name: Text
  /** Who has to act. */
  readonly actor: Text
  /** What counts as evidence that it is in place. */
  readonly evidence: Text
}

/** Names a {@link Countermeasure}. */
export type CountermeasureId =
  | 'transparency-notice'
  | 'permission'
  | 'expectation-communication'
  | 'consent'
  | 'use-and-insights-explanation'
  | 'risk-assessment'
  | 'encryption-at-rest'
  | 'access-policy'

/**
 * The countermeasures, each with the tier for which its source states it.
 *
 * That a tier demands those of the tiers below as well is inferred: the source lists them tier by tier. Consent takes the
 * place of permission from the high tier on.
 */
export const COUNTERMEASURES: Readonly<Record<CountermeasureId, Countermeasure>> = {
  'transparency-notice': {
    tier: 'low',
    scope: 'programme',
    source: 'forrester',
    name: { en: 'Transparency notice', fr: 'Notice d’information' },
    actor: { en: 'Feedback programme owner', fr: 'Responsable du programme' },
    evidence: {
      en: 'A published notice, by version or digest, that says how personal data is used.',
      fr: 'Une notice publiée, par version ou empreinte, qui dit comment les données personnelles sont utilisées.',
    },
  },
  permission: {
    tier: 'medium',
    scope: 'person',
    source: 'forrester',
    name: { en: 'Permission to collect and use', fr: 'Permission de collecter et d’utiliser' },
    actor: { en: 'Feedback programme owner, then each person', fr: 'Responsable du programme, puis chaque personne' },
    evidence: {
      en: 'A purpose of the notice that asks permission to collect and to use; then the decision of each person.',
      fr: 'Une finalité de la notice qui demande la permission de collecter et d’utiliser ; puis la décision de chaque personne.',
    },
  },
  'expectation-communication': {
    tier: 'medium',
    scope: 'programme',
    source: 'forrester',
    name: { en: 'Communication that sets expectations', fr: 'Communication qui prépare les personnes' },
    actor: { en: 'Customer communications', fr: 'Communication client' },
    evidence: {
      en: 'The text that tells people what to expect, such as a call, and where it is shown.',
      fr: 'Le texte qui annonce aux personnes ce qui les attend, par exemple un appel, et l’endroit où il est affiché.',
    },
  },
  consent: {
    tier: 'high',
    scope: 'person',
    source: 'forrester',
    replaces: 'permission',
    name: { en: 'Consent', fr: 'Consentement' },
    actor: { en: 'Feedback programme owner, then each person', fr: 'Responsable du programme, puis chaque personne' },
    evidence: {
      en: 'A purpose of the notice that asks consent; then the recorded consent of each person.',
      fr: 'Une finalité de la notice qui demande le consentement ; puis le consentement enregistré de chaque personne.',
    },
  },
  'use-and-insights-explanation': {
    tier: 'high',
    scope: 'programme',
    source: 'forrester',
    name: {
      en: 'Explanation of the use of data and insights',
      fr: 'Explication de l’usage des données et des enseignements',
    },
    actor: { en: 'Feedback programme owner', fr: 'Responsable du programme' },
    evidence: {
      en: 'A passage of the notice that explains how the personal data and the insights from its analysis are used.',
      fr: 'Un passage de la notice qui explique l’usage des données personnelles et des enseignements tirés de leur analyse.',
    },
  },
  'risk-assessment': {
    tier: 'very-high',
    scope: 'programme',
    source: 'forrester',
    name: { en: 'Risk assessment in advance', fr: 'Évaluation préalable des risques' },
    actor: { en: 'Data protection officer', fr: 'Délégué à la protection des données' },
    evidence: {
      en: 'A dated assessment (DPIA) completed before the practice starts.',
      fr: 'Une évaluation datée (AIPD) achevée avant le début de la pratique.',
    },
  },
  'encryption-at-rest': {
    tier: 'very-high',
    scope: 'programme',
    source: 'forrester',
    name: { en: 'Encryption at rest', fr: 'Chiffrement au repos' },
    actor: { en: 'Information security', fr: 'Sécurité informatique' },
    evidence: {
      en: 'A configuration or audit report that shows stored data is encrypted.',
      fr: 'Une configuration ou un rapport d’audit qui montre que les données stockées sont chiffrées.',
    },
  },
  'access-policy': {
    tier: 'very-high',
    scope: 'programme',
    source: 'forrester',
    name: { en: 'Stringent access policy', fr: 'Politique d’accès stricte' },
    actor: { en: 'Information security', fr: 'Sécurité informatique' },
    evidence: {
      en: 'A policy in force that says who may see the data and why, and the date of its last review.',
      fr: 'Une politique en vigueur qui dit qui peut voir les données et pourquoi, et la date de sa dernière revue.',
    },
  },
}

/** A countermeasure a tier demands. */
export interface RequiredCountermeasure {
  readonly countermeasure: CountermeasureId
  /** `stated` where the source lists it for this very tier, `inferred` where it is carried over from a lower one. */
  readonly evidence: Standing
}

/**
 * Lists what a tier demands: its own countermeasures and those of the tiers below, without the ones replaced by another.
 *
 * @param tier - The tier of a practice.
 * @returns The countermeasures from the lowest tier to the highest.
 */
export function countermeasuresFor(tier: RiskTier): readonly RequiredCountermeasure[] {
  const ids = Object.keys(COUNTERMEASURES) as CountermeasureId[]
  const demanded = ids.filter((id) => compareTiers(COUNTERMEASURES[id].tier, tier) <= 0)
  const replaced = new Set(demanded.map((id) => COUNTERMEASURES[id].replaces))
  return demanded
    .filter((id) => !replaced.has(id))
    .map((id) => ({
      countermeasure: id,
      evidence: COUNTERMEASURES[id].tier === tier ? 'stated' : 'inferred',
    }))
}

/** @internal */
export function isCountermeasureId(id: unknown): id is CountermeasureId {
  return typeof id === 'string' && Object.hasOwn(COUNTERMEASURES, id)
}
