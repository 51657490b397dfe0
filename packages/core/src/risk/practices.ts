import type { Text } from '../lib/text.js'
import type { FactorId } from './factors.js'
import type { SourceId } from './sources.js'
import type { RiskTier, Standing } from './tier.js'

/** A way of collecting or using customer feedback. */
export interface Practice {
  readonly tier: RiskTier
  /** Whether the source states the tier, or it is inferred from what the source says. */
  readonly evidence: Standing
  readonly source: SourceId
  /** The data and operations that make the tier what it is. */
  readonly factors: readonly FactorId[]
  readonly name: Text
}

/** Names a {@link Practice}. */
export type PracticeId =
  | 'standard-survey'
  | 'share-aggregates'
  | 'personalized-survey'
  | 'link-answers-to-record'
  | 'extra-personal-information'
  | 'close-the-loop'
  | 'share-verbatims'
  | 'social-media-feedback'
  | 'mine-call-transcripts'
  | 'mine-survey-verbatims'
  | 'third-party-ai'
  | 'behavioral-data'
  | 'speech-recordings'
  | 'video-feedback'

/**
 * The fourteen practices SurveySeal knows: its own list, made from the sources each row cites. The tiers of seven are
 * stated there, those of the other seven are inferred. It is not the list of fourteen in Forrester's matrix, of which
 * only an excerpt is public.
 */
export const PRACTICES: Readonly<Record<PracticeId, Practice>> = {
  'standard-survey': {
    tier: 'low',
    evidence: 'stated',
    source: 'forrester',
    factors: ['survey-answers'],
    name: { en: 'Standard survey', fr: 'Enquête standard' },
  },
  'share-aggregates': {
    tier: 'low',
    evidence: 'inferred',
    source: 'feedier',
    factors: ['aggregates'],
    name: { en: 'Share aggregated results with staff', fr: 'Partager des résultats agrégés avec le personnel' },
  },
  'personalized-survey': {
    tier: 'medium',
    evidence: 'inferred',
    source: 'forrester',
    factors: ['survey-answers', 'personalization'],
    name: { en: 'Personalised survey', fr: 'Enquête personnalisée' },
  },
  'link-answers-to-record': {
    tier: 'medium',
    evidence: 'inferred',
    source: 'feedier',
    factors: ['survey-answers', 'record-matching'],
    name: { en: 'Link answers to the customer’s record', fr: 'Relier les réponses à la fiche client' },
  },
  'extra-personal-information': {
    tier: 'medium',
    evidence: 'stated',
    source: 'forrester',
    factors: ['survey-answers', 'additional-personal-data'],
    name: { en: 'Ask for extra personal information', fr: 'Demander des informations personnelles supplémentaires' },
  },
  'close-the-loop': {
    tier: 'medium',
    evidence: 'stated',
    source: 'forrester',
    factors: ['survey-answers', 'individual-follow-up'],
    name: { en: 'Close the loop with a customer', fr: 'Recontacter un client après son avis' },
  },
  'share-verbatims': {
    tier: 'medium',
    evidence: 'inferred',
    source: 'forrester',
    factors: ['verbatims', 'employee-access'],
    name: { en: 'Share verbatims with employees', fr: 'Partager des verbatims avec les employés' },
  },
  'social-media-feedback': {
    tier: 'high',
    evidence: 'inferred',
    source: 'ico',
    factors: ['public-posts', 'record-matching', 'external-data', 'invisible-collection'],
    name: { en: 'Collect feedback from social media', fr: 'Recueillir des avis sur les réseaux sociaux' },
  },
  'mine-call-transcripts': {
    tier: 'high',
    evidence: 'stated',
    source: 'forrester',
    factors: ['call-transcripts', 'text-mining'],
    name: { en: 'Mine call transcripts', fr: 'Analyser les transcriptions d’appels' },
  },
  'mine-survey-verbatims': {
    tier: 'high',
    evidence: 'inferred',
    source: 'forrester',
    factors: ['verbatims', 'text-mining'],
    name: { en: 'Mine survey verbatims', fr: 'Analyser les verbatims d’enquête' },
  },
  'third-party-ai': {
    tier: 'high',
    evidence: 'inferred',
    source: 'feedier',
    factors: ['verbatims', 'third-party-ai'],
    name: { en: 'Give feedback to a third-party AI', fr: 'Transmettre les avis à une IA tierce' },
  },
  'behavioral-data': {
    tier: 'very-high',
    evidence: 'stated',
    source: 'forrester',
    factors: ['behavioral-data'],
    name: { en: 'Collect behavioural data', fr: 'Collecter des données comportementales' },
  },
  'speech-recordings': {
    tier: 'very-high',
    evidence: 'stated',
    source: 'forrester',
    factors: ['voice-recordings'],
    name: { en: 'Collect speech recordings', fr: 'Collecter des enregistrements vocaux' },
  },
  'video-feedback': {
    tier: 'very-high',
    evidence: 'stated',
    source: 'forrester',
    factors: ['video-recordings'],
    name: { en: 'Collect video feedback', fr: 'Collecter des avis vidéo' },
  },
}

/** @internal */
export function isPracticeId(id: unknown): id is PracticeId {
  return typeof id === 'string' && Object.hasOwn(PRACTICES, id)
}
