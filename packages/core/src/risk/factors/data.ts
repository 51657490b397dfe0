import type { Factor } from '../factors.js'

/** What a practice uses. */
export type DataFactorId =
  | 'survey-answers'
  | 'aggregates'
  | 'verbatims'
  | 'additional-personal-data'
  | 'public-posts'
  | 'highly-personal-data'
  | 'location-data'
  | 'call-transcripts'
  | 'behavioral-data'
  | 'voice-recordings'
  | 'video-recordings'
  | 'biometrics'
  | 'special-category'
  | 'criminal-offence-data'

/** @internal */
export const DATA_FACTORS: Readonly<Record<DataFactorId, Factor>> = {
  'survey-answers': {
    kind: 'data',
    tier: 'low',
    evidence: 'stated',
    source: 'forrester',
    criteria: [],
    name: { en: 'Answers to a standard survey', fr: 'Réponses à une enquête standard' },
    why: {
      en: 'Standard, non-personalised surveys are given as the example of lower risk.',
      fr: 'Les enquêtes standard, non personnalisées, sont l’exemple donné d’un risque faible.',
    },
  },
  aggregates: {
    kind: 'data',
    tier: 'low',
    evidence: 'inferred',
    source: 'feedier',
    criteria: [],
    name: { en: 'Aggregated results', fr: 'Résultats agrégés' },
    why: {
      en: 'Aggregates are what teams without need of detail should be given; small groups can still single people out.',
      fr: 'Les agrégats sont ce qu’il convient de donner aux équipes qui n’ont pas besoin du détail ; de petits groupes peuvent encore isoler une personne.',
    },
  },
  verbatims: {
    kind: 'data',
    tier: 'low',
    evidence: 'inferred',
    source: 'forrester',
    criteria: [],
    name: { en: 'Free-text comments', fr: 'Commentaires libres' },
    why: {
      en: 'Comments come with standard surveys; what is done with them raises the risk. Where they hold sensitive data, add that factor.',
      fr: 'Les commentaires accompagnent les enquêtes standard ; c’est leur usage qui augmente le risque. S’ils contiennent des données sensibles, ajoutez ce facteur.',
    },
  },
  'additional-personal-data': {
    kind: 'data',
    tier: 'medium',
    evidence: 'stated',
    source: 'forrester',
    criteria: [],
    name: { en: 'Additional personal information', fr: 'Informations personnelles supplémentaires' },
    why: {
      en: 'Asking additional personal information such as gender is given as an example of medium risk.',
      fr: 'Demander des informations personnelles supplémentaires, comme le genre, est un exemple donné d’un risque moyen.',
    },
  },
  'public-posts': {
    kind: 'data',
    tier: 'medium',
    evidence: 'inferred',
    source: 'feedier',
    criteria: [],
    name: { en: 'Posts on social media', fr: 'Publications sur les réseaux sociaux' },
    why: {
      en: 'Social media is named among the channels whose data flows through many systems; the posts identify their authors.',
      fr: 'Les réseaux sociaux figurent parmi les canaux dont les données traversent de nombreux systèmes ; les publications identifient leurs auteurs.',
    },
  },
  'highly-personal-data': {
    kind: 'data',
    tier: 'high',
    evidence: 'inferred',
    source: 'wp248',
    criteria: ['sensitive-data'],
    name: {
      en: 'Finances, private communications, private life',
      fr: 'Finances, communications privées, vie privée',
    },
    why: {
      en: 'Criterion 4 counts data linked to household and private activities, location and finances as highly personal.',
      fr: 'Le critère 4 tient pour hautement personnelles les données liées à la vie privée, à la localisation et aux finances.',
    },
  },
  'location-data': {
    kind: 'data',
    tier: 'high',
    evidence: 'inferred',
    source: 'wp248',
    criteria: ['sensitive-data'],
    name: { en: 'Where a person is or was', fr: 'Localisation de la personne' },
    why: {
      en: 'Criterion 4 names location data as highly personal.',
      fr: 'Le critère 4 cite les données de localisation comme hautement personnelles.',
    },
  },
  'call-transcripts': {
    kind: 'data',
    tier: 'high',
    evidence: 'stated',
    source: 'forrester',
    criteria: [],
    name: { en: 'Call transcripts', fr: 'Transcriptions d’appels' },
    why: {
      en: 'Mining text from call transcripts is given as an example of high risk.',
      fr: 'L’analyse de texte de transcriptions d’appels est un exemple donné d’un risque élevé.',
    },
  },
  'behavioral-data': {
    kind: 'data',
    tier: 'very-high',
    evidence: 'stated',
    source: 'forrester',
    criteria: ['evaluation-or-scoring', 'systematic-monitoring'],
    name: { en: 'Behavioural data', fr: 'Données comportementales' },
    why: {
      en: 'Collecting behavioural data is given as an example of very high risk.',
      fr: 'La collecte de données comportementales est un exemple donné d’un risque très élevé.',
    },
  },
  'voice-recordings': {
    kind: 'data',
    tier: 'very-high',
    evidence: 'stated',
    source: 'forrester',
    criteria: ['sensitive-data', 'innovative-technology'],
    name: { en: 'Voice recordings', fr: 'Enregistrements de la voix' },
    why: {
      en: 'Speech recordings are given as an example of very high risk.',
      fr: 'Les enregistrements vocaux sont un exemple donné d’un risque très élevé.',
    },
  },
  'video-recordings': {
    kind: 'data',
    tier: 'very-high',
    evidence: 'stated',
    source: 'forrester',
    criteria: ['sensitive-data', 'innovative-technology'],
    name: { en: 'Video recordings', fr: 'Enregistrements vidéo' },
    why: {
      en: 'Video feedback is given as an example of very high risk.',
      fr: 'Le retour vidéo est un exemple donné d’un risque très élevé.',
    },
  },
  biometrics: {
    kind: 'data',
    tier: 'very-high',
    evidence: 'stated',
    source: 'forrester',
    criteria: ['sensitive-data', 'innovative-technology'],
    name: { en: 'Biometric data', fr: 'Données biométriques' },
    why: {
      en: 'Biometrics are given as an example of very high risk; used to identify a person they are a special category (art. 9).',
      fr: 'La biométrie est un exemple donné d’un risque très élevé ; utilisée pour identifier une personne, elle relève d’une catégorie particulière (art. 9).',
    },
  },
  'special-category': {
    kind: 'data',
    tier: 'very-high',
    evidence: 'inferred',
    source: 'gdpr',
    criteria: ['sensitive-data'],
    name: { en: 'Special categories of data (art. 9)', fr: 'Catégories particulières de données (art. 9)' },
    why: {
      en: 'Article 9 forbids processing them in principle: origin, opinions, beliefs, union membership, genetics, biometric identification, health, sex life or orientation.',
      fr: 'L’article 9 en interdit le traitement par principe : origine, opinions, convictions, appartenance syndicale, génétique, identification biométrique, santé, vie ou orientation sexuelle.',
    },
  },
  'criminal-offence-data': {
    kind: 'data',
    tier: 'very-high',
    evidence: 'inferred',
    source: 'gdpr',
    criteria: ['sensitive-data'],
    name: { en: 'Criminal convictions and offences (art. 10)', fr: 'Condamnations et infractions pénales (art. 10)' },
    why: {
      en: 'Article 10 allows processing only under official authority or where law provides safeguards.',
      fr: 'L’article 10 ne permet le traitement que sous l’autorité publique ou si le droit prévoit des garanties.',
    },
  },
}
