/**
 * The five linkages.
 *
 * @module
 */

import type { AnswerLinkage, LinkageTerms } from './linkage.js'

/** Outside what is stored, and never claimed away. */
const ALWAYS: readonly string[] = [
  'the network address, device and time of the visit, for whoever sees the traffic or its logs',
  'free text, language and rare combinations of answers',
  'groups so small that a result is one person’s answer',
]

/** What each linkage means; docs/answer-linkage.md is made of it. Weakest first, but for `open`, which invites nobody. */
export const ANSWER_LINKAGES: Readonly<Record<AnswerLinkage, LinkageTerms>> = {
  identified: {
    means: 'The answer is kept with the reference of the person who gave it.',
    known: ['who was invited', 'who answered', 'who answered what'],
    unknown: [],
    reminders: 'only to people who have not answered',
    withdrawal: 'at any time; the answer is found by the person’s reference',
    reidentification: 'none is needed',
    residuals: ALWAYS,
    personalLinks: true,
    submitted: 'whole',
    mayBecome: ['pseudonymous', 'delinked-on-submit', 'unlinkable'],
    wording: {
      en: 'Your answers are stored together with who you are. We know that you answered and what you answered. You can withdraw them at any time.',
      fr: 'Vos réponses sont conservées avec votre identité. Nous savons que vous avez répondu et ce que vous avez répondu. Vous pouvez les retirer à tout moment.',
    },
  },
  pseudonymous: {
    means: 'The answer is kept under a key; which person it belongs to is kept apart and can be looked up.',
    known: ['who was invited', 'who answered', 'who answered what, after a deliberate look-up'],
    unknown: [],
    reminders: 'only to people who have not answered',
    withdrawal: 'at any time; the answer is found by its key',
    reidentification: 'by the operator, joining the key with the spent link',
    residuals: ALWAYS,
    personalLinks: true,
    submitted: 'without-respondent',
    mayBecome: ['delinked-on-submit', 'unlinkable'],
    wording: {
      en: 'Your answers are stored under a code instead of your name. We can look up who a code belongs to. You can withdraw your answers at any time.',
      fr: 'Vos réponses sont conservées sous un code, sans votre nom. Nous pouvons retrouver à qui correspond un code. Vous pouvez retirer vos réponses à tout moment.',
    },
  },
  'delinked-on-submit': {
    means: 'The link between person and answer is known while the answer is sent and not kept with it.',
    known: ['who was invited', 'who answered'],
    unknown: ['who answered what, once answers were released in a shuffled batch of at least the cohort floor'],
    reminders: 'only to people who have not answered',
    withdrawal: 'not after submission: the answer cannot be found',
    reidentification:
      'by changed server code at the moment of submission; from the database until the batch is released',
    residuals: [
      'the server sees invitation and answer in one request, and must be trusted to forget',
      'backups, replicas and write-ahead logs of the time before release',
      ...ALWAYS,
    ],
    personalLinks: true,
    submitted: 'nothing',
    mayBecome: ['unlinkable'],
    wording: {
      en: 'We record that you answered. When you send your answers, we store them without anything that says they are yours. After that we cannot find them, so you cannot withdraw them. What you write may still show who you are.',
      fr: 'Nous enregistrons que vous avez répondu. À l’envoi, vos réponses sont conservées sans rien qui indique qu’elles sont de vous. Nous ne pouvons plus les retrouver ensuite, vous ne pouvez donc plus les retirer. Ce que vous écrivez peut toutefois révéler qui vous êtes.',
    },
  },
  open: {
    means: 'Nobody is invited by a link of their own; everybody uses the same address.',
    known: ['what was answered'],
    unknown: ['who was reached', 'who answered', 'whether somebody answered more than once'],
    reminders: 'to everybody or nobody',
    withdrawal: 'only with a receipt that the host gives at submission',
    reidentification: 'not by links; by what is said under residuals',
    residuals: ['anybody may answer, as often as they like', ...ALWAYS],
    personalLinks: false,
    submitted: 'none',
    mayBecome: [],
    wording: {
      en: 'Everybody uses the same link, so it does not tell us who you are. What you write, or the address you connect from, may still show it.',
      fr: 'Tout le monde utilise le même lien : il ne nous indique pas qui vous êtes. Ce que vous écrivez, ou l’adresse depuis laquelle vous vous connectez, peut toutefois le révéler.',
    },
  },
  unlinkable: {
    means:
      'The person’s browser turns the invitation into a token that the operator cannot trace back, and answers with it.',
    known: ['who was invited', 'who has a token'],
    unknown: ['who answered', 'who answered what'],
    reminders: 'to people without a token; whether somebody with one has answered is not known',
    withdrawal: 'not after submission: nobody can find the answer',
    reidentification: 'not from stored data or keys, whatever computing power comes; by changed code in the page',
    residuals: [
      'code in the page that was changed to tell',
      'a wave key that is not the same for everybody, unless its id is pinned and compared',
      'invitees that the operator planted, who leave few others in the cohort',
      'an answer sent right after its token, for whoever watches both',
      ...ALWAYS,
    ],
    personalLinks: true,
    submitted: 'none',
    mayBecome: [],
    wording: {
      en: 'We know that you received the right to answer once. Your browser separates your answers from your invitation before sending them, so our records cannot tell which answers are yours, or whether you answered. You therefore cannot withdraw or change them. Answer in this browser: its data holds your only right to answer. What you write, and when and from where you connect, may still show who you are.',
      fr: 'Nous savons que vous avez reçu le droit de répondre une fois. Votre navigateur sépare vos réponses de votre invitation avant l’envoi : nos données ne permettent de savoir ni quelles réponses sont les vôtres, ni si vous avez répondu. Vous ne pourrez donc ni les retirer ni les modifier. Répondez dans ce navigateur : ses données contiennent votre unique droit de réponse. Ce que vous écrivez, ainsi que le moment et le lieu de votre connexion, peut toutefois révéler qui vous êtes.',
    },
  },
}
