/**
 * What respondents read.
 *
 * @module
 */

import type { LinkProblem } from './link-outcome.js'

/** A heading and a sentence or two. */
export interface LinkMessage {
  readonly title: string
  readonly text: string
}

/** Everything the default pages say, in one language. */
export interface LinkMessages extends Readonly<Record<LinkProblem, LinkMessage>> {
  /** The invitation. */
  readonly open: LinkMessage
  /** The questions. */
  readonly claim: LinkMessage
  /** Thanks. */
  readonly kept: LinkMessage
  /** For a page that came without a link. */
  readonly enter: LinkMessage
  /** Labels. */
  readonly start: string
  readonly send: string
  readonly again: string
  readonly token: string
  readonly comment: string
}

const unusable = {
  title: 'This link cannot be used',
  text: 'It may have lost a character on its way to you. Please open it again from your message, or write to whoever sent it.',
}
const odd = {
  title: 'This did not work',
  text: 'Please open the link in your message again and continue from there. Nothing was sent.',
}

/** English. */
export const englishMessages: LinkMessages = {
  open: {
    title: 'Your opinion, please',
    text: 'Press the button to begin. Until you do, opening this page changes nothing.',
  },
  claim: { title: 'Your answer', text: 'Nothing is kept before you send it.' },
  kept: { title: 'Thank you', text: 'Your answer has arrived. You may close this page.' },
  enter: { title: 'Your opinion, please', text: 'Please open the link in your message again, or paste it here.' },
  unknown: unusable,
  used: { title: 'Already answered', text: 'This link has already been used for an answer. Nothing more is needed.' },
  expired: { title: 'Too late for this one', text: 'This link could be used until a certain date, which has passed.' },
  revoked: { title: 'This link has been withdrawn', text: 'Whoever sent it has stopped it. You need do nothing.' },
  'not-yet-valid': { title: 'A little early', text: 'This link can be used later. Please come back.' },
  'answer-refused': { title: 'Please check your answer', text: 'It could not be taken as it is. Nothing was kept.' },
  'cross-site': odd,
  'no-gesture': odd,
  malformed: odd,
  'key-invalid': odd,
  'method-not-allowed': odd,
  'too-large': { title: 'That is too long', text: 'Please shorten your answer and send it again. Nothing was kept.' },
  'unsupported-type': odd,
  'rate-limited': { title: 'One moment, please', text: 'There were many requests at once. Please try again shortly.' },
  unavailable: {
    title: 'Something went wrong on our side',
    text: 'Your link still works. Please try again; your answer is kept once, however often you send it.',
  },
  start: 'Start',
  send: 'Send',
  again: 'Try again',
  token: 'Link or code',
  comment: 'What would you like to tell us?',
}

const inutilisable = {
  title: 'Ce lien ne peut pas être utilisé',
  text: 'Il a peut-être perdu un caractère en chemin. Rouvrez-le depuis votre message, ou écrivez à son expéditeur.',
}
const etrange = {
  title: 'Cela n’a pas fonctionné',
  text: 'Rouvrez le lien de votre message et reprenez à partir de là. Rien n’a été envoyé.',
}

/** French. */
export const frenchMessages: LinkMessages = {
  open: {
    title: 'Votre avis, s’il vous plaît',
    text: 'Appuyez sur le bouton pour commencer. D’ici là, ouvrir cette page ne change rien.',
  },
  claim: { title: 'Votre réponse', text: 'Rien n’est conservé avant votre envoi.' },
  kept: { title: 'Merci', text: 'Votre réponse est arrivée. Vous pouvez fermer cette page.' },
  enter: {
    title: 'Votre avis, s’il vous plaît',
    text: 'Rouvrez le lien de votre message, ou collez-le ici.',
  },
  unknown: inutilisable,
  used: { title: 'Déjà répondu', text: 'Ce lien a déjà servi à une réponse. Vous n’avez rien de plus à faire.' },
  expired: { title: 'Trop tard pour cette fois', text: 'Ce lien était valable jusqu’à une date qui est passée.' },
  revoked: { title: 'Ce lien a été retiré', text: 'Son expéditeur l’a arrêté. Vous n’avez rien à faire.' },
  'not-yet-valid': { title: 'Un peu tôt', text: 'Ce lien pourra servir plus tard. Merci de revenir.' },
  'answer-refused': {
    title: 'Veuillez vérifier votre réponse',
    text: 'Elle n’a pas pu être prise telle quelle. Rien n’a été conservé.',
  },
  'cross-site': etrange,
  'no-gesture': etrange,
  malformed: etrange,
  'key-invalid': etrange,
  'method-not-allowed': etrange,
  'too-large': {
    title: 'C’est trop long',
    text: 'Raccourcissez votre réponse et envoyez-la de nouveau. Rien n’a été conservé.',
  },
  'unsupported-type': etrange,
  'rate-limited': {
    title: 'Un instant, s’il vous plaît',
    text: 'Trop de demandes à la fois. Veuillez réessayer dans un moment.',
  },
  unavailable: {
    title: 'Une erreur s’est produite chez nous',
    text: 'Votre lien fonctionne encore. Réessayez ; votre réponse est conservée une seule fois, même envoyée plusieurs fois.',
  },
  start: 'Commencer',
  send: 'Envoyer',
  again: 'Réessayer',
  token: 'Lien ou code',
  comment: 'Que souhaitez-vous nous dire ?',
}
