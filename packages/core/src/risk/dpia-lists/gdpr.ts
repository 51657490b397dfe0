import type { DpiaList } from '../dpia-law.js'
import { SPECIAL_CATEGORIES } from '../factors/special-categories.js'
import { SOURCES } from '../sources.js'

/** @internal Article 35(3) of the GDPR, in the words of this project. A call, so that bundlers can leave it out. */
export const GDPR_LIST: DpiaList = /* @__PURE__ */ (() => ({
  id: 'gdpr-35-3',
  name: { en: 'GDPR, article 35(3)', fr: 'RGPD, article 35, paragraphe 3' },
  territory: { en: 'European Union, and in the same words United Kingdom', fr: 'Union européenne, et Royaume-Uni' },
  source: SOURCES.gdpr,
  effect: 'requires',
  types: [
    {
      number: 'a',
      name: {
        en: 'Systematic and extensive evaluation by automated means, on which decisions of weight rest',
        fr: 'Évaluation systématique et approfondie par des moyens automatisés, fondant des décisions lourdes',
      },
      when: [{ factors: ['automated-decision'] }, { criteria: ['evaluation-or-scoring'] }],
    },
    {
      number: 'b',
      name: {
        en: 'Special categories of data or offences, on a large scale',
        fr: 'Catégories particulières de données ou infractions, à grande échelle',
      },
      when: [{ factors: [...SPECIAL_CATEGORIES, 'criminal-offence-data'] }, { factors: ['large-scale'] }],
    },
    {
      number: 'c',
      name: {
        en: 'Systematic monitoring of a publicly accessible area on a large scale',
        fr: 'Surveillance systématique à grande échelle d’une zone accessible au public',
      },
      when: null,
    },
  ],
}))()
