import type { Text } from '@surveyseal/core/risk'

/** A kind of data of the templates. */
export type DataTerm =
  | 'ratings'
  | 'comments'
  | 'customer record'
  | 'contact details'
  | 'information about you'
  | 'public posts'
  | 'call transcripts'
  | 'use of our website or app'
  | 'recordings of your voice'
  | 'video recordings of you'

/** A source of data, or a system, of the templates. */
export type OtherTerm =
  | 'you'
  | 'your customer record'
  | 'what you publish'
  | 'your calls with us'
  | 'text analysis software'

/** How each language says the terms of the templates. */
export const TERMS: Readonly<Record<DataTerm | OtherTerm, Text>> = {
  ratings: { en: 'ratings', fr: 'notes' },
  comments: { en: 'comments', fr: 'commentaires' },
  'customer record': { en: 'customer record', fr: 'fiche client' },
  'contact details': { en: 'contact details', fr: 'coordonnées' },
  'information about you': { en: 'information about you', fr: 'informations sur vous' },
  'public posts': { en: 'public posts', fr: 'publications' },
  'call transcripts': { en: 'call transcripts', fr: 'transcriptions d’appels' },
  'use of our website or app': { en: 'use of our website or app', fr: 'usage de notre site ou application' },
  'recordings of your voice': { en: 'recordings of your voice', fr: 'enregistrements de votre voix' },
  'video recordings of you': { en: 'video recordings of you', fr: 'enregistrements vidéo de vous' },
  you: { en: 'you', fr: 'vous' },
  'your customer record': { en: 'your customer record', fr: 'votre fiche client' },
  'what you publish': { en: 'what you publish', fr: 'ce que vous publiez' },
  'your calls with us': { en: 'your calls with us', fr: 'vos appels avec nous' },
  'text analysis software': { en: 'text analysis software', fr: 'logiciel d’analyse de texte' },
}
