/**
 * The words of the access document, in every language it is written in.
 *
 * @module
 */

import type { LegalBasis } from '../notice.js'
import type { RequestState, Right } from './request-states.js'

/** A language the document is written in; notices keep their own. */
export type AccessLanguage = 'en' | 'fr'

/** The words of one language. */
export interface AccessWords {
  readonly title: string
  readonly intro: string
  readonly prepared: string
  readonly controller: string
  readonly contact: string
  readonly uses: string
  readonly use: string
  readonly basis: string
  readonly categories: string
  readonly recipients: string
  readonly retention: string
  readonly records: string
  readonly record: string
  readonly survey: string
  readonly source: string
  readonly choices: string
  readonly when: string
  readonly choice: string
  readonly notice: string
  readonly byPerson: string
  readonly byController: string
  readonly links: string
  readonly madeFor: string
  readonly made: string
  readonly expires: string
  readonly state: string
  readonly requests: string
  readonly right: string
  readonly received: string
  readonly due: string
  readonly none: string
  readonly colon: string
  readonly rights: string
  readonly rightsText: string
  readonly bases: Readonly<Record<LegalBasis, string>>
  readonly rightNames: Readonly<Record<Right, string>>
  readonly states: Readonly<Record<RequestState, string>>
}

/** The words by language. */
export const ACCESS_WORDS: Readonly<Record<AccessLanguage, AccessWords>> = {
  en: {
    title: 'The data we hold about you',
    intro:
      'This document holds what our records say about you, what it is used for, and what you decided. It was made for you alone: keep it safe.',
    prepared: 'Prepared',
    controller: 'Who is responsible',
    contact: 'Contact',
    uses: 'What your data is used for',
    use: 'Use',
    basis: 'Legal basis',
    categories: 'Data',
    recipients: 'Who receives it',
    retention: 'How long',
    records: 'Your records',
    record: 'Record',
    survey: 'Survey',
    source: 'Where it came from',
    choices: 'Your choices',
    when: 'When',
    choice: 'Choice',
    notice: 'Notice',
    byPerson: 'signed on your device',
    byController: 'signed by us',
    links: 'Links made for you',
    madeFor: 'For',
    made: 'Made',
    expires: 'Expires',
    state: 'State',
    requests: 'Your requests',
    right: 'Request',
    received: 'Received',
    due: 'To be answered by',
    none: 'None.',
    colon: ': ',
    rights: 'Your rights',
    rightsText:
      'You can have wrong data corrected, have data erased, have its use restricted, receive it to take elsewhere, object to its use, and withdraw your permission at any time. Write to the contact above. You can also complain to a data protection authority, where you live, where you work, or where you think the law was broken.',
    bases: {
      consent: 'your consent',
      'explicit-consent': 'your explicit consent',
      contract: 'a contract with you',
      'legal-obligation': 'a legal obligation',
      'vital-interests': 'vital interests',
      'public-task': 'a task in the public interest',
      'legitimate-interests': 'legitimate interests',
    },
    rightNames: { access: 'Access', rectification: 'Correction', erasure: 'Erasure', objection: 'Objection' },
    states: {
      received: 'received',
      'identity-check': 'identity being checked',
      extended: 'extended by two months',
      fulfilled: 'fulfilled',
      refused: 'refused',
      cancelled: 'cancelled',
    },
  },
  fr: {
    title: 'Les données que nous détenons sur vous',
    intro:
      'Ce document contient ce que nos dossiers disent de vous, à quoi cela sert et ce que vous avez décidé. Il a été établi pour vous seul : conservez-le en lieu sûr.',
    prepared: 'Établi le',
    controller: 'Responsable',
    contact: 'Contact',
    uses: 'À quoi servent vos données',
    use: 'Utilisation',
    basis: 'Base juridique',
    categories: 'Données',
    recipients: 'Destinataires',
    retention: 'Durée',
    records: 'Vos dossiers',
    record: 'Dossier',
    survey: 'Enquête',
    source: 'Provenance',
    choices: 'Vos choix',
    when: 'Date',
    choice: 'Choix',
    notice: 'Notice',
    byPerson: 'signé sur votre appareil',
    byController: 'signé par nous',
    links: 'Liens créés pour vous',
    madeFor: 'Pour',
    made: 'Créé le',
    expires: 'Expire le',
    state: 'État',
    requests: 'Vos demandes',
    right: 'Demande',
    received: 'Reçue le',
    due: 'Réponse due le',
    none: 'Aucun élément.',
    colon: '\u00a0: ',
    rights: 'Vos droits',
    rightsText:
      'Vous pouvez faire corriger des données inexactes, les faire effacer, en faire limiter l’utilisation, les recevoir pour les transmettre, vous opposer à leur utilisation et retirer votre permission à tout moment. Écrivez au contact ci-dessus. Vous pouvez aussi introduire une réclamation auprès d’une autorité de protection des données, là où vous résidez, là où vous travaillez ou là où la loi aurait été enfreinte.',
    bases: {
      consent: 'votre consentement',
      'explicit-consent': 'votre consentement explicite',
      contract: 'un contrat avec vous',
      'legal-obligation': 'une obligation légale',
      'vital-interests': 'des intérêts vitaux',
      'public-task': 'une mission d’intérêt public',
      'legitimate-interests': 'des intérêts légitimes',
    },
    rightNames: { access: 'Accès', rectification: 'Rectification', erasure: 'Effacement', objection: 'Opposition' },
    states: {
      received: 'reçue',
      'identity-check': 'identité en cours de vérification',
      extended: 'prolongée de deux mois',
      fulfilled: 'satisfaite',
      refused: 'refusée',
      cancelled: 'annulée',
    },
  },
}
