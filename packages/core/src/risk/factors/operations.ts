import type { Factor } from '../factors.js'

/** What a practice does with it. */
export type OperationFactorId =
  | 'personalization'
  | 'record-matching'
  | 'external-data'
  | 'individual-follow-up'
  | 'employee-access'
  | 'publication'
  | 'direct-marketing'
  | 'invisible-collection'
  | 'text-mining'
  | 'ai-analysis'
  | 'third-party-ai'
  | 'model-training'
  | 'profiling'
  | 'alert-reports'
  | 'service-condition'
  | 'automated-decision'
  | 'systematic-monitoring'

/** @internal */
export const OPERATION_FACTORS: Readonly<Record<OperationFactorId, Factor>> = {
  personalization: {
    kind: 'operation',
    tier: 'medium',
    evidence: 'inferred',
    source: 'forrester',
    criteria: ['matching-datasets'],
    name: { en: 'Personalising the survey', fr: 'Personnalisation de l’enquête' },
    why: {
      en: 'Personalising surveys is named as a risk without a tier; it combines the survey with customer data (criterion 6).',
      fr: 'La personnalisation des enquêtes est nommée comme un risque, sans niveau ; elle combine l’enquête avec des données client (critère 6).',
    },
  },
  'record-matching': {
    kind: 'operation',
    tier: 'medium',
    evidence: 'inferred',
    source: 'feedier',
    criteria: ['matching-datasets'],
    name: { en: 'Matching answers with customer records', fr: 'Rapprochement des réponses et des fiches client' },
    why: {
      en: 'Matching a unique identifier with customer data after collection is recommended, and combines datasets (criterion 6).',
      fr: 'Rapprocher un identifiant unique des données client après la collecte est recommandé, et croise des ensembles de données (critère 6).',
    },
  },
  'external-data': {
    kind: 'operation',
    tier: 'medium',
    evidence: 'inferred',
    source: 'ico',
    criteria: ['matching-datasets'],
    name: { en: 'Adding data from other sources', fr: 'Ajout de données d’autres sources' },
    why: {
      en: 'Combining data obtained from several sources is on the ICO’s list, and criterion 6.',
      fr: 'Combiner des données provenant de plusieurs sources figure sur la liste de l’ICO et relève du critère 6.',
    },
  },
  'individual-follow-up': {
    kind: 'operation',
    tier: 'medium',
    evidence: 'stated',
    source: 'forrester',
    criteria: [],
    name: { en: 'Contacting a person about their feedback', fr: 'Contact de la personne au sujet de son retour' },
    why: {
      en: 'Closing the loop with a customer who gave feedback is given as an example of medium risk.',
      fr: 'Recontacter un client qui a donné son avis est un exemple donné d’un risque moyen.',
    },
  },
  'employee-access': {
    kind: 'operation',
    tier: 'medium',
    evidence: 'inferred',
    source: 'forrester',
    criteria: [],
    name: {
      en: 'Showing a person’s feedback to employees',
      fr: 'Communication du retour d’une personne aux employés',
    },
    why: {
      en: 'Sharing customer verbatims with employees is named as a risk without a tier.',
      fr: 'Partager les verbatims des clients avec les employés est nommé comme un risque, sans niveau.',
    },
  },
  publication: {
    kind: 'operation',
    tier: 'medium',
    evidence: 'inferred',
    source: 'gdpr',
    criteria: [],
    name: { en: 'Publishing feedback', fr: 'Publication des avis' },
    why: {
      en: 'Article 25(2) forbids making personal data accessible to an indefinite number of people by default.',
      fr: 'L’article 25, paragraphe 2, interdit de rendre par défaut des données personnelles accessibles à un nombre indéterminé de personnes.',
    },
  },
  'direct-marketing': {
    kind: 'operation',
    tier: 'medium',
    evidence: 'inferred',
    source: 'gdpr',
    criteria: [],
    name: { en: 'Using feedback for direct marketing', fr: 'Usage des avis pour la prospection' },
    why: {
      en: 'Article 21(2) gives everyone the right to object to direct marketing at any time.',
      fr: 'L’article 21, paragraphe 2, donne à chacun le droit de s’opposer à tout moment à la prospection.',
    },
  },
  'invisible-collection': {
    kind: 'operation',
    tier: 'high',
    evidence: 'inferred',
    source: 'ico',
    criteria: [],
    name: { en: 'Collecting without telling the person', fr: 'Collecte à l’insu de la personne' },
    why: {
      en: 'Invisible processing, of data not obtained from the person, is on the list of likely high risk.',
      fr: 'Le traitement invisible, de données non obtenues de la personne, figure sur la liste des risques probablement élevés.',
    },
  },
  'text-mining': {
    kind: 'operation',
    tier: 'high',
    evidence: 'inferred',
    source: 'forrester',
    criteria: ['evaluation-or-scoring', 'innovative-technology'],
    name: { en: 'Mining text', fr: 'Analyse de texte' },
    why: {
      en: 'Mining call transcripts is given as an example of high risk; mining other text is like it.',
      fr: 'L’analyse de transcriptions d’appels est un exemple donné d’un risque élevé ; celle d’autres textes lui ressemble.',
    },
  },
  'ai-analysis': {
    kind: 'operation',
    tier: 'high',
    evidence: 'inferred',
    source: 'wp248',
    criteria: ['evaluation-or-scoring', 'innovative-technology'],
    name: { en: 'Analysis by artificial intelligence', fr: 'Analyse par intelligence artificielle' },
    why: {
      en: 'It evaluates what people said (criterion 1) by new technology (criterion 8).',
      fr: 'Elle évalue ce que les personnes ont dit (critère 1) par une technologie nouvelle (critère 8).',
    },
  },
  'third-party-ai': {
    kind: 'operation',
    tier: 'high',
    evidence: 'inferred',
    source: 'feedier',
    criteria: ['matching-datasets', 'innovative-technology'],
    name: {
      en: 'Giving feedback to another company’s AI',
      fr: 'Transmission des retours à l’IA d’une autre entreprise',
    },
    why: {
      en: "The provider may train on the data and combine it with others' (criteria 6 and 8).",
      fr: 'Le fournisseur peut s’entraîner sur les données et les combiner à celles d’autrui (critères 6 et 8).',
    },
  },
  'model-training': {
    kind: 'operation',
    tier: 'high',
    evidence: 'inferred',
    source: 'feedier',
    criteria: ['innovative-technology'],
    name: { en: 'Training an AI on feedback', fr: 'Entraînement d’une IA sur les avis' },
    why: {
      en: 'Training language models on customer data is one of the seven risks; what a model has learned cannot be taken back.',
      fr: 'L’entraînement de modèles de langage sur des données client est l’un des sept risques ; ce qu’un modèle a appris ne se reprend pas.',
    },
  },
  profiling: {
    kind: 'operation',
    tier: 'high',
    evidence: 'inferred',
    source: 'wp248',
    criteria: ['evaluation-or-scoring'],
    name: { en: 'Scoring or profiling people', fr: 'Notation ou profilage des personnes' },
    why: {
      en: 'Evaluation, scoring and profiling of people are criterion 1.',
      fr: 'L’évaluation, la notation et le profilage des personnes sont le critère 1.',
    },
  },
  'alert-reports': {
    kind: 'operation',
    tier: 'high',
    evidence: 'inferred',
    source: 'cnil',
    criteria: ['evaluation-or-scoring', 'sensitive-data'],
    name: { en: 'Handling alerts about people', fr: 'Gestion de signalements visant des personnes' },
    why: {
      en: 'Feedback that reports the conduct of people makes the programme a channel for alerts, which the CNIL lists.',
      fr: 'Un avis qui signale la conduite de personnes fait du programme un canal d’alerte, que la CNIL inscrit sur sa liste.',
    },
  },
  'service-condition': {
    kind: 'operation',
    tier: 'high',
    evidence: 'inferred',
    source: 'wp248',
    criteria: ['prevents-right-or-service'],
    name: { en: 'Deciding on a service or contract', fr: 'Décision sur un service ou un contrat' },
    why: {
      en: 'Feedback that decides whether someone may use a service or enter into a contract is criterion 9.',
      fr: 'Un retour qui décide de l’accès à un service ou à un contrat relève du critère 9.',
    },
  },
  'automated-decision': {
    kind: 'operation',
    tier: 'very-high',
    evidence: 'inferred',
    source: 'gdpr',
    criteria: ['automated-decision'],
    name: { en: 'Automated decision about a person', fr: 'Décision automatisée au sujet d’une personne' },
    why: {
      en: 'Article 22 gives the right not to be subject to a decision based solely on automated processing.',
      fr: 'L’article 22 donne le droit de ne pas faire l’objet d’une décision fondée exclusivement sur un traitement automatisé.',
    },
  },
  'systematic-monitoring': {
    kind: 'operation',
    tier: 'very-high',
    evidence: 'inferred',
    source: 'wp248',
    criteria: ['systematic-monitoring'],
    name: { en: 'Systematic monitoring', fr: 'Surveillance systématique' },
    why: {
      en: 'Observing people systematically is criterion 3 and yields behavioural data.',
      fr: 'Observer systématiquement des personnes est le critère 3 et produit des données comportementales.',
    },
  },
}
