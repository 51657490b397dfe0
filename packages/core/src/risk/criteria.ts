import type { Text } from '../lib/text.js'
import type { Source } from './sources.js'
import { SOURCES } from './sources.js'

/** One of the nine criteria by which a data protection impact assessment (DPIA) is found to be needed. */
export interface Criterion {
  /** Its number in its source: WP 248 rev.01, section III.B.a. */
  readonly number: number
  readonly name: Text
  readonly source: Source
}

/** Names a {@link Criterion}. */
export type CriterionId =
  | 'evaluation-or-scoring'
  | 'automated-decision'
  | 'systematic-monitoring'
  | 'sensitive-data'
  | 'large-scale'
  | 'matching-datasets'
  | 'vulnerable-subjects'
  | 'innovative-technology'
  | 'prevents-right-or-service'

/**
 * The criteria of WP 248 rev.01, as dated data: meeting two of them requires a DPIA in most cases; one may suffice, and
 * two may not where the controller documents why.
 *
 * @see [WP 248 rev.01](https://ec.europa.eu/newsroom/article29/items/611236)
 */
export const CRITERIA: Readonly<Record<CriterionId, Criterion>> = /* @__PURE__ */ (() => ({
  'evaluation-or-scoring': {
    number: 1,
    name: { en: 'Evaluation or scoring', fr: 'Évaluation ou notation' },
    source: SOURCES.wp248,
  },
  'automated-decision': {
    number: 2,
    name: {
      en: 'Automated decision with legal or similar significant effect',
      fr: 'Décision automatisée avec effet juridique ou effet similaire significatif',
    },
    source: SOURCES.wp248,
  },
  'systematic-monitoring': {
    number: 3,
    name: { en: 'Systematic monitoring', fr: 'Surveillance systématique' },
    source: SOURCES.wp248,
  },
  'sensitive-data': {
    number: 4,
    name: { en: 'Sensitive or highly personal data', fr: 'Données sensibles ou à caractère hautement personnel' },
    source: SOURCES.wp248,
  },
  'large-scale': {
    number: 5,
    name: { en: 'Data processed on a large scale', fr: 'Données traitées à grande échelle' },
    source: SOURCES.wp248,
  },
  'matching-datasets': {
    number: 6,
    name: { en: 'Matching or combining datasets', fr: 'Croisement ou combinaison d’ensembles de données' },
    source: SOURCES.wp248,
  },
  'vulnerable-subjects': {
    number: 7,
    name: { en: 'Data about vulnerable people', fr: 'Données concernant des personnes vulnérables' },
    source: SOURCES.wp248,
  },
  'innovative-technology': {
    number: 8,
    name: {
      en: 'Innovative use or new technological or organisational solutions',
      fr: 'Utilisation innovante ou nouvelles solutions technologiques ou organisationnelles',
    },
    source: SOURCES.wp248,
  },
  'prevents-right-or-service': {
    number: 9,
    name: {
      en: 'Prevents people from exercising a right or using a service or contract',
      fr: 'Empêche d’exercer un droit ou de bénéficier d’un service ou d’un contrat',
    },
    source: SOURCES.wp248,
  },
}))()

/** @internal */
export function isCriterionId(id: unknown): id is CriterionId {
  return typeof id === 'string' && Object.hasOwn(CRITERIA, id)
}
