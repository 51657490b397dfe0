/** A published text a rule rests on. */
export interface Source {
  readonly title: string
  readonly url: string
  /** Date of the version that was read or adopted (ISO 8601, as precise as it is known). */
  readonly date?: string
}

/** Names a {@link Source}. */
export type SourceId = 'forrester' | 'feedier' | 'gdpr' | 'wp248' | 'ico'

/** The texts that {@link FACTORS}, {@link PRACTICES}, {@link COUNTERMEASURES} and {@link CRITERIA} cite. Not legal advice. */
export const SOURCES: Readonly<Record<SourceId, Source>> = {
  forrester: {
    title: 'Forrester blog, Privacy risks of customer experience measurement (EU)',
    url: 'https://www.forrester.com/blogs/privacy-risks-customer-experience-measurement-eu/',
  },
  feedier: {
    title: 'Feedier blog, Top 7 security risks triggered by CX initiatives and how to avoid them',
    url: 'https://feedier.com/resources/top-7-security-risks-triggered-cx-initiatives/',
  },
  gdpr: {
    title: 'Regulation (EU) 2016/679 (GDPR)',
    url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
    date: '2016-04-27',
  },
  wp248: {
    title: 'Article 29 Working Party, Guidelines on data protection impact assessment, WP 248 rev.01',
    url: 'https://ec.europa.eu/newsroom/article29/items/611236',
    date: '2017-10-04',
  },
  ico: {
    title: 'ICO, Examples of processing likely to result in high risk',
    url: 'https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/accountability-and-governance/data-protection-impact-assessments-dpias/examples-of-processing-likely-to-result-in-high-risk/',
  },
}
