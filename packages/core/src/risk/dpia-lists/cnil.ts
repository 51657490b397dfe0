import type { DpiaList } from '../dpia-law.js'
import { SOURCES } from '../sources.js'

/** @internal The fourteen types of délibération n° 2018-327, in the order of its annex, in the words of this project. */
export const CNIL_LIST: DpiaList = /* @__PURE__ */ (() => ({
  id: 'cnil',
  name: { en: 'List of the CNIL', fr: 'Liste de la CNIL' },
  territory: { en: 'France', fr: 'France' },
  source: SOURCES.cnil,
  effect: 'requires',
  types: [
    {
      number: '1',
      name: {
        en: 'Health data for care, by health and medico-social establishments',
        fr: 'Données de santé pour la prise en charge, par des établissements de santé ou médico-sociaux',
      },
      when: null,
    },
    {
      number: '2',
      name: { en: 'Genetic data of vulnerable people', fr: 'Données génétiques de personnes vulnérables' },
      when: [{ factors: ['genetic-data'] }, { factors: ['vulnerable-people', 'children', 'employees'] }],
    },
    {
      number: '3',
      name: { en: 'Profiling for human resources', fr: 'Profilage pour la gestion des ressources humaines' },
      when: [{ factors: ['profiling'] }, { factors: ['employees'] }],
    },
    {
      number: '4',
      name: {
        en: "Constant monitoring of employees' activity",
        fr: 'Surveillance constante de l’activité de salariés',
      },
      when: [{ factors: ['systematic-monitoring'] }, { factors: ['employees'] }],
    },
    {
      number: '5',
      name: {
        en: 'Alerts and reports in social and health matters',
        fr: 'Alertes et signalements en matière sociale et sanitaire',
      },
      when: [{ factors: ['alert-reports'] }, { factors: ['health-data', 'vulnerable-people', 'children'] }],
    },
    {
      number: '6',
      name: { en: 'Alerts and reports at work', fr: 'Alertes et signalements en matière professionnelle' },
      when: [{ factors: ['alert-reports'] }, { factors: ['employees'] }],
    },
    {
      number: '7',
      name: { en: 'Health data in a warehouse or register', fr: 'Données de santé en entrepôt ou registre' },
      when: null,
    },
    {
      number: '8',
      name: {
        en: 'Profiling that may exclude people from a contract, or suspend or end it',
        fr: 'Profilage pouvant exclure d’un contrat, le suspendre ou le rompre',
      },
      when: [{ factors: ['profiling'] }, { factors: ['service-condition'] }],
    },
    {
      number: '9',
      name: {
        en: 'Shared files of breaches of contract that may exclude people',
        fr: 'Fichiers mutualisés de manquements contractuels pouvant exclure des personnes',
      },
      when: null,
    },
    {
      number: '10',
      name: { en: 'Profiling with data from external sources', fr: 'Profilage avec des données de sources externes' },
      when: [{ factors: ['profiling'] }, { factors: ['external-data'] }],
    },
    {
      number: '11',
      name: {
        en: 'Biometric recognition of people some of whom are vulnerable',
        fr: 'Reconnaissance biométrique de personnes dont certaines sont vulnérables',
      },
      when: [{ factors: ['biometric-identification'] }, { factors: ['vulnerable-people', 'children', 'employees'] }],
    },
    {
      number: '12',
      name: { en: 'Social housing', fr: 'Logements sociaux' },
      when: null,
    },
    {
      number: '13',
      name: { en: 'Social or medico-social care', fr: 'Accompagnement social ou médico-social' },
      when: null,
    },
    {
      number: '14',
      name: { en: 'Location data on a large scale', fr: 'Données de localisation à large échelle' },
      when: [{ factors: ['location-data'] }, { factors: ['large-scale'] }],
    },
  ],
}))()

const EXEMPT: readonly (readonly [en: string, fr: string])[] = [
  [
    'Human resources of employers with fewer than 250 people, without profiling',
    'Ressources humaines de moins de 250 personnes, sans profilage',
  ],
  ['Relations with suppliers', 'Relation avec les fournisseurs'],
  ['Electoral registers of municipalities', 'Fichier électoral des communes'],
  ['Works councils', 'Comités d’entreprise et d’établissement'],
  [
    'Members and donors of non-profit bodies, without sensitive data',
    'Membres et donateurs d’organismes sans but lucratif, sans données sensibles',
  ],
  [
    'Care of a patient by a health professional in individual practice',
    'Prise en charge d’un patient par un professionnel de santé exerçant à titre individuel',
  ],
  ['Lawyers in individual practice', 'Avocats exerçant à titre individuel'],
  ['Clerks of commercial courts', 'Greffiers des tribunaux de commerce'],
  ['Notaries', 'Notaires'],
  ['Schools, extracurricular and early childhood services', 'Écoles, services périscolaires et petite enfance'],
  ['Physical access and working time, without biometrics', 'Accès physiques et temps de travail, sans biométrie'],
  ['Breathalyser tests in transport', 'Éthylotests dans les transports'],
]

/**
 * @internal
 *
 * The twelve types of délibération n° 2019-118. None is about feedback of customers, so no factor describes one, and what
 * a list exempts never takes away what another requires.
 */
export const CNIL_EXEMPT_LIST: DpiaList = /* @__PURE__ */ (() => ({
  id: 'cnil-exempt',
  name: { en: 'List of the CNIL of what needs no DPIA', fr: 'Liste de la CNIL de ce qui ne requiert pas d’AIPD' },
  territory: { en: 'France', fr: 'France' },
  source: SOURCES['cnil-exempt'],
  effect: 'exempts',
  types: EXEMPT.map(([en, fr], at) => ({ number: String(at + 1), name: { en, fr }, when: null })),
}))()
