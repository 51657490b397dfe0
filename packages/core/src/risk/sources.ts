/** A published text a rule rests on. */
export interface Source {
  readonly title: string
  readonly url: string
  /** The day it was adopted or published (ISO 8601); absent where the text does not say. */
  readonly date?: string
  /** Its number or revision, where it has one. */
  readonly version?: string
  /** The day it was read for this project (ISO 8601): what changed since is not in the rules. */
  readonly read: string
}

/** Names a {@link Source}. */
export type SourceId = 'forrester' | 'feedier' | 'gdpr' | 'wp248' | 'ico' | 'cnil' | 'cnil-exempt'

/**
 * The texts that {@link FACTORS}, {@link PRACTICES}, {@link COUNTERMEASURES}, {@link CRITERIA} and {@link DPIA_LAW} cite,
 * under the titles they bear. Not legal advice.
 */
export const SOURCES: Readonly<Record<SourceId, Source>> = {
  forrester: {
    title: 'Forrester blog, Privacy risks of customer experience measurement (EU)',
    url: 'https://www.forrester.com/blogs/privacy-risks-customer-experience-measurement-eu/',
    read: '2026-11-22',
  },
  feedier: {
    title: 'Feedier blog, Top 7 security risks triggered by CX initiatives and how to avoid them',
    url: 'https://feedier.com/resources/top-7-security-risks-triggered-cx-initiatives/',
    read: '2026-11-22',
  },
  gdpr: {
    title: 'Regulation (EU) 2016/679 (GDPR)',
    url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
    date: '2016-04-27',
    version: '2016/679',
    read: '2026-11-22',
  },
  wp248: {
    title: 'Article 29 Working Party, Guidelines on data protection impact assessment (DPIA)',
    url: 'https://ec.europa.eu/newsroom/article29/items/611236',
    date: '2017-10-04',
    version: 'WP 248 rev.01',
    read: '2026-11-22',
  },
  ico: {
    title: 'ICO, Examples of processing likely to result in high risk',
    url: 'https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/accountability-and-governance/data-protection-impact-assessments-dpias/examples-of-processing-likely-to-result-in-high-risk/',
    read: '2026-11-30',
  },
  cnil: {
    title: 'CNIL, Liste des types d’opérations de traitement pour lesquelles une AIPD est requise',
    url: 'https://www.cnil.fr/fr/liste-traitements-aipd-requise',
    date: '2018-10-11',
    version: 'délibération n° 2018-327',
    read: '2026-11-30',
  },
  'cnil-exempt': {
    title: 'CNIL, Liste des types d’opérations de traitement pour lesquelles une AIPD n’est pas requise',
    url: 'https://www.cnil.fr/fr/liste-traitements-aipd-non-requise',
    date: '2019-09-12',
    version: 'délibération n° 2019-118',
    read: '2026-11-30',
  },
}
