/**
 * From which age a person consents alone online, by country and date. Dated data, not legal advice.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { assertDate } from './lib/arguments.js'

/** One rule of one country, in force from a day until a later rule of the same country. */
export interface AgeRule {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string
  /** In whole years: whoever is younger needs someone with parental responsibility. */
  readonly age: number
  /** `YYYY-MM-DD`. */
  readonly from: string
  /** The provision. */
  readonly source: string
}

const GDPR = '2018-05-25'
const ARTICLE_8 = 'Regulation (EU) 2016/679, article 8(1)'

/** The age where nothing is known of a country: the highest of article 8 of the GDPR. */
export const DEFAULT_AGE_OF_CONSENT = 16

/**
 * Article 8(1) of the GDPR in the member states and the other states of the EEA, the United Kingdom and the United States.
 * Gathered from commentaries, not from the official journals: check those you rely on, and hand in your own where the law
 * is another by now.
 */
export const AGE_RULES: readonly AgeRule[] = Object.freeze(
  [
    rule('AT', 14, 'Datenschutzgesetz, section 4(4)'),
    rule('BE', 13, 'Act of 30 July 2018 on data protection, article 7'),
    rule('BG', 14, 'Personal Data Protection Act, article 25c'),
    rule('CY', 14, 'Law 125(I)/2018, section 8'),
    rule('CZ', 15, 'Act 110/2019, section 7', '2019-04-24'),
    rule('DE', 16, ARTICLE_8),
    rule('DK', 13, 'Data Protection Act 502/2018, section 6'),
    rule('DK', 15, 'Data Protection Act 502/2018, section 6 as amended in 2023', '2024-01-01'),
    rule('EE', 13, 'Personal Data Protection Act, section 8', '2019-01-15'),
    rule('ES', 14, 'Organic Law 3/2018, article 7', '2018-12-07'),
    rule('FI', 13, 'Data Protection Act 1050/2018, section 5', '2019-01-01'),
    rule('FR', 15, 'Loi 78-17, article 45'),
    rule('GR', 15, 'Law 4624/2019, article 21', '2019-08-29'),
    rule('HR', 16, 'Act on the implementation of the GDPR, article 19'),
    rule('HU', 16, ARTICLE_8),
    rule('IE', 16, 'Data Protection Act 2018, section 31'),
    rule('IS', 13, 'Act 90/2018, article 10', '2018-07-15'),
    rule('IT', 14, 'Legislative Decree 196/2003, article 2-quinquies', '2018-09-19'),
    rule('LI', 16, ARTICLE_8),
    rule('LT', 14, 'Law on the legal protection of personal data, article 6', '2018-07-16'),
    rule('LU', 16, ARTICLE_8),
    rule('LV', 13, 'Personal Data Processing Law, section 33', '2018-07-05'),
    rule('MT', 13, 'Subsidiary Legislation 586.11'),
    rule('NL', 16, 'Uitvoeringswet AVG, article 5'),
    rule('NO', 13, 'Personopplysningsloven, section 5', '2018-07-20'),
    rule('PL', 16, ARTICLE_8),
    rule('PT', 13, 'Law 58/2019, article 16', '2019-08-09'),
    rule('RO', 16, ARTICLE_8),
    rule('SE', 13, 'Act 2018:218, chapter 2 section 4'),
    rule('SI', 15, 'ZVOP-2, article 8', '2023-01-26'),
    rule('SK', 16, 'Act 18/2018, section 15'),
    rule('GB', 13, 'Data Protection Act 2018, section 9'),
    rule('US', 13, "Children's Online Privacy Protection Act, 15 U.S.C. 6501(1)", '2000-04-21'),
  ].map((entry) => Object.freeze(entry)),
)

/** What is asked of the rules. */
export interface AgeQuestion {
  /** The instant to judge by. */
  readonly at: Date
  /** @defaultValue {@link AGE_RULES} */
  readonly rules?: readonly AgeRule[]
}

/**
 * Finds the age from which a person consents alone, online, in a country.
 *
 * It says nothing of capacity under other law, of how an age is made sure of, or of what a research ethics committee asks.
 *
 * @example
 * Whom to ask.
 *
 * ```ts
 * import { type Actor, findAgeRule } from '@surveyseal/consent'
 *
 * export function actorFor(years: number, country: string): Actor {
 *   return years < findAgeRule(country, { at: new Date() }).age ? 'guardian' : 'self'
 * }
 * ```
 *
 * @param country - ISO 3166-1 alpha-2, upper case. Of a country without a rule the answer is 16.
 * @param question - See {@link AgeQuestion}.
 * @returns The rule in force; of several, the latest.
 */
export function findAgeRule(country: string, { at, rules = AGE_RULES }: AgeQuestion): AgeRule {
  if (typeof country !== 'string') throw invalidArgumentType('country', 'string', country)
  if (!/^[A-Z]{2}$/.test(country)) throw invalidArgumentValue('country', 'two upper-case letters')
  assertDate('options.at', at)
  const day = at.toISOString().slice(0, 10)
  const known = rules.filter((entry) => entry.country === country && entry.from <= day)
  const unknown: AgeRule = { country, age: DEFAULT_AGE_OF_CONSENT, from: GDPR, source: ARTICLE_8 }
  return known.reduce((latest, entry) => (entry.from >= latest.from ? entry : latest), known[0] ?? unknown)
}

function rule(country: string, age: number, source: string, from: string = GDPR): AgeRule {
  return { country, age, from, source }
}
