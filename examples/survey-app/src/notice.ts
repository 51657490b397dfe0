/**
 * The privacy notice of the survey: what respondents read and decide about, in English and French.
 *
 * @module
 */
import { defineNotice, type Notice, type NoticeWording } from '@surveyseal/consent'
import type { Language } from './i18n.js'
import type { ProgrammePractice } from './programme.js'

/** The survey every page of this app is about: one wave. */
export const survey = 'crossing-autumn-2026'

/** Who asks: it stays the same whatever address and port this server has. */
export const controller = 'https://rivage-ferries.example'

/** The purposes a respondent decides about. The survey itself is explained in the notice and rests on no decision. */
export const askedPurposes = ['follow-up', 'verbatims', 'insights'] as const

const permitted = (...practices: ProgrammePractice[]): ProgrammePractice[] => practices

const wording = {
  en: {
    title: 'Before you answer: what happens with your answers',
    summary:
      'We read ratings and comments to run better crossings, and share totals with staff. That much we do for everyone, and nothing in it names you. The three uses below happen only if you say yes, each on its own. The survey is the same whatever you choose.',
    purposes: {
      survey: {
        title: 'Improve our crossings',
        description: 'We read your ratings and comments without your name, and share totals with staff.',
      },
      'follow-up': {
        title: 'Call me back',
        description:
          'We match your answers to your customer record, and customer care may telephone or write to you about them.',
      },
      verbatims: {
        title: 'Show my words to crews',
        description: 'Crews and terminal staff may read your comments as you wrote them, without your name.',
      },
      insights: {
        title: 'Learn from my words',
        description:
          'Software on our own computers sorts comments by topic and tone. What we learn: which topics make a crossing good or bad, used to plan timetables, cabins and menus, never to decide anything about you.',
      },
    },
    withdrawal:
      'You can change your mind at any time, in one click, with the withdrawal link or the receipt you are given. It costs nothing and needs no reason.',
  },
  fr: {
    title: 'Avant de répondre : ce que deviennent vos réponses',
    summary:
      'Nous lisons les notes et les commentaires pour améliorer nos traversées, et partageons les totaux avec le personnel. Cela, nous le faisons pour tout le monde, et rien n’y porte votre nom. Les trois usages ci-dessous n’ont lieu que si vous dites oui, chacun séparément. L’enquête est la même quel que soit votre choix.',
    purposes: {
      survey: {
        title: 'Améliorer nos traversées',
        description:
          'Nous lisons vos notes et commentaires sans votre nom, et partageons les totaux avec le personnel.',
      },
      'follow-up': {
        title: 'Me rappeler',
        description:
          'Nous relions vos réponses à votre fiche client, et le service client peut vous téléphoner ou vous écrire à leur sujet.',
      },
      verbatims: {
        title: 'Montrer mes mots aux équipages',
        description:
          'Les équipages et le personnel des terminaux peuvent lire vos commentaires tels quels, sans votre nom.',
      },
      insights: {
        title: 'Apprendre de mes mots',
        description:
          'Un logiciel sur nos propres ordinateurs classe les commentaires par thème et par ton. Ce que nous apprenons : les thèmes qui rendent une traversée bonne ou mauvaise, pour préparer horaires, cabines et menus, jamais pour décider quoi que ce soit à votre sujet.',
      },
    },
    withdrawal:
      'Vous pouvez changer d’avis à tout moment, en un clic, avec le lien de retrait ou le reçu qui vous est remis. C’est gratuit et sans justification.',
  },
} satisfies Record<Language, NoticeWording>

/** The notice in force. */
export const notice: Notice = defineNotice({
  id: 'crossing-feedback',
  version: '3',
  controller: { name: 'Rivage Ferries', contact: 'privacy@rivage-ferries.example' },
  purposes: [
    {
      id: 'survey',
      practices: permitted('standard-survey', 'share-aggregates'),
      legalBasis: 'legitimate-interests',
      dataCategories: ['ratings', 'comments'],
      recipients: ['Rivage Ferries'],
      retention: 'P2Y',
    },
    {
      id: 'follow-up',
      practices: permitted('link-answers-to-record', 'close-the-loop'),
      legalBasis: 'consent',
      dataCategories: ['ratings', 'comments', 'customer record', 'contact details'],
      recipients: ['Rivage Ferries customer care'],
      retention: 'P1Y',
    },
    {
      id: 'verbatims',
      practices: permitted('share-verbatims'),
      legalBasis: 'consent',
      dataCategories: ['comments'],
      recipients: ['crews and terminals of Rivage Ferries'],
      retention: 'P1Y',
    },
    {
      id: 'insights',
      practices: permitted('mine-survey-verbatims'),
      legalBasis: 'consent',
      dataCategories: ['comments'],
      recipients: ['Rivage Ferries service design'],
      retention: 'P1Y',
    },
  ],
  wording,
})

/** The wording of the notice in one language. */
export function wordingIn(language: Language): NoticeWording {
  return wording[language]
}
