import type { Factor } from '../factors.js'

/** The categories of article 9(1) of the GDPR, one by one; `special-category` stands for any of them. */
export type SpecialCategoryFactorId =
  | 'racial-or-ethnic-origin'
  | 'political-opinions'
  | 'religious-or-philosophical-beliefs'
  | 'trade-union-membership'
  | 'genetic-data'
  | 'biometric-identification'
  | 'health-data'
  | 'sex-life-or-orientation'

const common = {
  kind: 'data',
  tier: 'very-high',
  evidence: 'inferred',
  source: 'gdpr',
  criteria: ['sensitive-data'],
  why: {
    en: 'Article 9(1) names this category: its processing is forbidden unless an exception of article 9(2) applies.',
    fr: 'L’article 9, paragraphe 1, nomme cette catégorie : son traitement est interdit, sauf exception de l’article 9, paragraphe 2.',
  },
} as const satisfies Omit<Factor, 'name'>

/** @internal */
export const SPECIAL_CATEGORY_FACTORS: Readonly<Record<SpecialCategoryFactorId, Factor>> = {
  'racial-or-ethnic-origin': {
    ...common,
    name: { en: 'Racial or ethnic origin', fr: 'Origine raciale ou ethnique' },
  },
  'political-opinions': {
    ...common,
    name: { en: 'Political opinions', fr: 'Opinions politiques' },
  },
  'religious-or-philosophical-beliefs': {
    ...common,
    name: { en: 'Religious or philosophical beliefs', fr: 'Convictions religieuses ou philosophiques' },
  },
  'trade-union-membership': {
    ...common,
    name: { en: 'Trade union membership', fr: 'Appartenance syndicale' },
  },
  'genetic-data': {
    ...common,
    name: { en: 'Genetic data', fr: 'Données génétiques' },
  },
  'biometric-identification': {
    ...common,
    criteria: ['sensitive-data', 'innovative-technology'],
    name: { en: 'Biometric data that identifies people', fr: 'Données biométriques identifiant une personne' },
  },
  'health-data': {
    ...common,
    name: { en: 'Data concerning health', fr: 'Données concernant la santé' },
  },
  'sex-life-or-orientation': {
    ...common,
    name: { en: 'Sex life or sexual orientation', fr: 'Vie sexuelle ou orientation sexuelle' },
  },
}

/** @internal Every factor that says a special category is processed. */
export const SPECIAL_CATEGORIES: readonly (SpecialCategoryFactorId | 'special-category')[] = [
  'special-category',
  'racial-or-ethnic-origin',
  'political-opinions',
  'religious-or-philosophical-beliefs',
  'trade-union-membership',
  'genetic-data',
  'biometric-identification',
  'health-data',
  'sex-life-or-orientation',
]
