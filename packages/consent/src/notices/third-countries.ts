/** That the European Commission found the protection of personal data in a country adequate: article 45 of the GDPR. */
export interface Adequacy {
  /** Two capital letters of ISO 3166-1. */
  readonly country: string
  readonly decision: string
  /** The day it was adopted (ISO 8601). */
  readonly from: string
  /** The day it lapses, where it says so (ISO 8601). */
  readonly until?: string
  /** Whether it covers some recipients only, so that the notice must refer to why this one is among them. */
  readonly isPartial?: true
}

/**
 * The countries of the European Economic Area, as of 2026-11-24.
 *
 * Dated data, not legal advice: pass your own to `lintNotice` when it has changed.
 */
export const EEA_COUNTRIES: readonly string[] = [
  ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IS', 'IT', 'LI', 'LT'],
  ...['LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
]

/**
 * Adequacy decisions for countries, as of 2026-11-24.
 *
 * Dated data, not legal advice: decisions are repealed and annulled; pass your own to `lintNotice` when they have changed.
 *
 * @see [Adequacy decisions](https://commission.europa.eu/law/law-topic/data-protection/international-dimension-data-protection/adequacy-decisions_en)
 */
export const ADEQUACY_DECISIONS: readonly Adequacy[] = [
  { country: 'AD', decision: '2010/625/EU', from: '2010-10-19' },
  { country: 'AR', decision: '2003/490/EC', from: '2003-06-30' },
  { country: 'BR', decision: '(EU) 2026/179', from: '2026-01-26' },
  { country: 'CA', decision: '2002/2/EC', from: '2001-12-20', isPartial: true },
  { country: 'CH', decision: '2000/518/EC', from: '2000-07-26' },
  { country: 'FO', decision: '2010/146/EU', from: '2010-03-05' },
  { country: 'GB', decision: '(EU) 2021/1772', from: '2021-06-28', until: '2031-12-27' },
  { country: 'GG', decision: '2003/821/EC', from: '2003-11-21' },
  { country: 'IL', decision: '2011/61/EU', from: '2011-01-31' },
  { country: 'IM', decision: '2004/411/EC', from: '2004-04-28' },
  { country: 'JE', decision: '2008/393/EC', from: '2008-05-08' },
  { country: 'JP', decision: '(EU) 2019/419', from: '2019-01-23' },
  { country: 'KR', decision: '(EU) 2022/254', from: '2021-12-17' },
  { country: 'NZ', decision: '2013/65/EU', from: '2012-12-19' },
  { country: 'US', decision: '(EU) 2023/1795', from: '2023-07-10', isPartial: true },
  { country: 'UY', decision: '2012/484/EU', from: '2012-08-21' },
]
