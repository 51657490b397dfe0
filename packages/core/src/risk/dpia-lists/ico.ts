import type { DpiaList } from '../dpia-law.js'
import { SPECIAL_CATEGORIES } from '../factors/special-categories.js'
import { SOURCES } from '../sources.js'

/** @internal The ten types of the ICO, in the words of this project; `combined` is what its list and guidance call so. */
export const ICO_LIST: DpiaList = /* @__PURE__ */ (() => ({
  id: 'ico',
  name: { en: 'List of the ICO', fr: 'Liste de l’ICO' },
  territory: { en: 'United Kingdom', fr: 'Royaume-Uni' },
  source: SOURCES.ico,
  effect: 'requires',
  types: [
    {
      number: '1',
      name: { en: 'Innovative technology', fr: 'Technologie innovante' },
      when: [{ criteria: ['innovative-technology'] }],
      combined: { apartFrom: ['innovative-technology'] },
    },
    {
      number: '2',
      name: {
        en: 'Denial of service, decided automatically or by special categories of data',
        fr: 'Refus d’un service, décidé automatiquement ou d’après des catégories particulières de données',
      },
      when: [
        { factors: ['service-condition'] },
        { factors: ['automated-decision', 'profiling', ...SPECIAL_CATEGORIES] },
      ],
    },
    {
      number: '3',
      name: { en: 'Large-scale profiling', fr: 'Profilage à grande échelle' },
      when: [{ factors: ['profiling'] }, { factors: ['large-scale'] }],
    },
    {
      number: '4',
      name: { en: 'Biometric data', fr: 'Données biométriques' },
      when: [{ factors: ['biometrics', 'biometric-identification'] }],
      combined: { apartFrom: ['sensitive-data'] },
    },
    {
      number: '5',
      name: { en: 'Genetic data', fr: 'Données génétiques' },
      when: [{ factors: ['genetic-data'] }],
      combined: { apartFrom: ['sensitive-data'] },
    },
    {
      number: '6',
      name: { en: 'Matching data obtained from several sources', fr: 'Rapprochement de données de plusieurs sources' },
      when: [{ factors: ['external-data', 'third-party-ai'] }],
    },
    {
      number: '7',
      name: { en: 'Invisible processing', fr: 'Traitement invisible' },
      when: [{ factors: ['invisible-collection'] }],
      combined: { apartFrom: [] },
    },
    {
      number: '8',
      name: { en: 'Tracking of location or behaviour', fr: 'Suivi de la localisation ou du comportement' },
      when: [{ factors: ['behavioral-data', 'systematic-monitoring', 'location-data'] }],
      combined: { apartFrom: ['systematic-monitoring', 'sensitive-data'] },
    },
    {
      number: '9',
      name: {
        en: 'Marketing to children or other vulnerable people, profiling them or deciding about them',
        fr: 'Prospection, profilage ou décision visant des enfants ou des personnes vulnérables',
      },
      when: [
        { factors: ['children', 'vulnerable-people', 'employees'] },
        { factors: ['direct-marketing', 'profiling', 'automated-decision'] },
      ],
    },
    {
      number: '10',
      name: { en: 'Risk of physical harm', fr: 'Risque de dommage corporel' },
      when: [{ factors: ['physical-harm'] }],
    },
  ],
}))()
