/**
 * What a printed receipt says, in every language it is printed in.
 *
 * @module
 */

import type { Decision, Ruling } from '../consent-event.js'
import type { ProvedClaim, UnprovedClaim } from './receipt-claims.js'

/** A language that receipts are printed in; the notice inside keeps the one it was signed in. */
export type ReceiptLanguage = 'en' | 'fr'

/** The words of one language. */
export interface ReceiptWords {
  readonly title: string
  readonly withdrawalTitle: string
  readonly statementTitle: string
  readonly intro: string
  readonly withdrawalIntro: string
  readonly statementIntro: string
  readonly use: string
  readonly choice: string
  readonly later: string
  readonly colon: string
  readonly withdraw: string
  readonly proved: string
  readonly notProved: string
  readonly details: string
  readonly keep: string
  readonly decisions: Readonly<Record<Decision | Ruling, string>>
  readonly fields: Readonly<Record<ReceiptField, string>>
  readonly provedClaims: Readonly<Record<ProvedClaim, string>>
  readonly unprovedClaims: Readonly<Record<UnprovedClaim, string>>
}

/** What a receipt is described by. */
export type ReceiptField =
  | 'controller'
  | 'contact'
  | 'receivedAt'
  | 'survey'
  | 'notice'
  | 'language'
  | 'digest'
  | 'key'
  | 'log'
  | 'place'
  | 'witnesses'
  | 'unchangedUntil'

/** The words by language. */
export const RECEIPT_WORDS: Readonly<Record<ReceiptLanguage, ReceiptWords>> = {
  en: {
    title: 'Receipt of your choices',
    withdrawalTitle: 'Receipt of your withdrawal',
    statementTitle: 'What the organisation noted',
    intro: 'You made these choices. This page says what the signed receipt proves about them.',
    withdrawalIntro: 'You took back the permissions below. This page says what the signed receipt proves about that.',
    statementIntro: 'The organisation noted this, not you. This page says what the signed receipt proves about it.',
    use: 'Use',
    choice: 'Your choice',
    later: 'Later receipts say',
    colon: ': ',
    withdraw: 'Changing your mind',
    proved: 'Proved',
    notProved: 'Not proved',
    details: 'Details',
    keep: 'This page proves nothing by itself: keep the receipt file it was made from. Whoever has that file can withdraw your permissions in this survey, so keep it to yourself.',
    decisions: {
      given: 'Yes',
      renewed: 'Yes, again',
      refused: 'No',
      deferred: 'Not decided yet',
      withdrawn: 'Withdrawn',
      revoked: 'Ended by the organisation',
      invalidated: 'Declared invalid',
    },
    fields: {
      controller: 'Responsible',
      contact: 'Contact',
      receivedAt: 'Received',
      survey: 'Survey',
      notice: 'Notice and version',
      language: 'Language of the notice',
      digest: 'Number of this event',
      key: 'Key that signed',
      log: 'Log',
      place: 'Place in the log',
      witnesses: 'Witnesses',
      unchangedUntil: 'Unchanged until',
    },
    provedClaims: {
      'controller-signed-receipt': 'The organisation signed this receipt.',
      'controller-states-time': 'The organisation states when it received this.',
      'event-signed-by-named-key': 'The key of the browser named below signed these choices.',
      'wording-is-what-was-signed': 'The wording shown here is, letter for letter, the wording that was signed.',
      'controller-signed-withdrawal': 'The organisation signed the withdrawal.',
      'controller-signed-statement': 'The organisation signed this statement of its own.',
      'included-in-log': 'This is in the log named below, at a state that the log signed.',
      'witnesses-cosigned': 'Enough witnesses saw that state of the log, or one that grew out of it.',
      'same-log-as-checkpoint': 'The log is that of a checkpoint that was kept elsewhere.',
      'changed-later': 'A later receipt says otherwise about at least one use.',
      'unchanged-until': 'By all that the organisation signed, nothing else was decided until the moment stated below.',
    },
    unprovedClaims: {
      'no-later-withdrawal': 'That nothing was withdrawn later: only a later receipt can show it.',
      'no-later-decision': 'That nothing was permitted again later: only a later receipt can show it.',
      'key-belongs-to-person': 'That the key belongs to a certain person.',
      'person-decided': 'That the person decided what the organisation says was decided earlier.',
      'person-read-wording': 'That the wording was shown and read.',
      'time-confirmed-by-others': 'The time, by any clock but the organisation’s.',
      'inclusion-in-log': 'That this is in a log.',
      'same-log-shown-to-all': 'That everybody is shown the same log.',
      'agreement-with-checkpoint': 'That the log is the one of every checkpoint kept elsewhere.',
      'unchanged-after': 'That nothing was decided after that moment.',
    },
  },
  fr: {
    title: 'Reçu de vos choix',
    withdrawalTitle: 'Reçu de votre retrait',
    statementTitle: 'Ce que l’organisme a noté',
    intro: 'Vous avez fait ces choix. Cette page dit ce que le reçu signé en prouve.',
    withdrawalIntro: 'Vous avez retiré les permissions ci-dessous. Cette page dit ce que le reçu signé en prouve.',
    statementIntro: 'C’est l’organisme qui a noté ceci, non vous. Cette page dit ce que le reçu signé en prouve.',
    use: 'Usage',
    choice: 'Votre choix',
    later: 'Des reçus plus récents disent',
    colon: '\u00a0: ',
    withdraw: 'Changer d’avis',
    proved: 'Prouvé',
    notProved: 'Non prouvé',
    details: 'Détails',
    keep: 'Cette page ne prouve rien à elle seule : gardez le fichier du reçu dont elle est tirée. Qui possède ce fichier peut retirer vos permissions dans cette enquête ; gardez-le donc pour vous.',
    decisions: {
      given: 'Oui',
      renewed: 'Oui, de nouveau',
      refused: 'Non',
      deferred: 'Pas encore décidé',
      withdrawn: 'Retiré',
      revoked: 'Terminé par l’organisme',
      invalidated: 'Déclaré invalide',
    },
    fields: {
      controller: 'Responsable',
      contact: 'Contact',
      receivedAt: 'Reçu',
      survey: 'Enquête',
      notice: 'Notice et version',
      language: 'Langue de la notice',
      digest: 'Numéro de cet événement',
      key: 'Clé qui a signé',
      log: 'Journal',
      place: 'Place dans le journal',
      witnesses: 'Témoins',
      unchangedUntil: 'Inchangé jusqu’au',
    },
    provedClaims: {
      'controller-signed-receipt': 'L’organisme a signé ce reçu.',
      'controller-states-time': 'L’organisme déclare quand il a reçu ceci.',
      'event-signed-by-named-key': 'La clé du navigateur nommée ci-dessous a signé ces choix.',
      'wording-is-what-was-signed': 'Le texte montré ici est, à la lettre près, celui qui a été signé.',
      'controller-signed-withdrawal': 'L’organisme a signé le retrait.',
      'controller-signed-statement': 'L’organisme a signé cette déclaration de sa part.',
      'included-in-log': 'Ceci est dans le journal nommé ci-dessous, dans un état que le journal a signé.',
      'witnesses-cosigned': 'Assez de témoins ont vu cet état du journal, ou un état qui en est issu.',
      'same-log-as-checkpoint': 'Le journal est celui d’un point de contrôle conservé ailleurs.',
      'changed-later': 'Un reçu plus récent dit autre chose d’au moins un usage.',
      'unchanged-until':
        'D’après tout ce que l’organisme a signé, rien d’autre n’a été décidé jusqu’au moment indiqué ci-dessous.',
    },
    unprovedClaims: {
      'no-later-withdrawal': 'Que rien n’a été retiré depuis : seul un reçu plus récent peut le montrer.',
      'no-later-decision': 'Que rien n’a été permis de nouveau depuis : seul un reçu plus récent peut le montrer.',
      'key-belongs-to-person': 'Que la clé appartient à une certaine personne.',
      'person-decided': 'Que la personne a décidé ce que l’organisme dit avoir été décidé auparavant.',
      'person-read-wording': 'Que le texte a été montré et lu.',
      'time-confirmed-by-others': 'L’heure, par une autre horloge que celle de l’organisme.',
      'inclusion-in-log': 'Que ceci est dans un journal.',
      'same-log-shown-to-all': 'Que le même journal est montré à tous.',
      'agreement-with-checkpoint': 'Que le journal est celui de chaque point de contrôle conservé ailleurs.',
      'unchanged-after': 'Que rien n’a été décidé après ce moment.',
    },
  },
}
