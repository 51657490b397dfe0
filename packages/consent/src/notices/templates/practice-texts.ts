import type { PracticeId, Text } from '@surveyseal/core/risk'
import type { DataTerm } from './terms.js'

/** What a template says of a practice. */
export interface PracticeText {
  readonly data: readonly DataTerm[]
  readonly title: Text
  readonly description: Text
  /** From the high tier on. */
  readonly insights: Text
}

/** The words of each practice of the list. The facts follow from its factors. */
export const PRACTICE_TEXTS: Readonly<Record<PracticeId, PracticeText>> = {
  'standard-survey': {
    data: ['ratings', 'comments'],
    title: { en: 'Know how we are doing', fr: 'Savoir où nous en sommes' },
    description: {
      en: 'We read your ratings and comments, and count them together with those of others.',
      fr: 'Nous lisons vos notes et vos commentaires, et les comptons avec ceux des autres.',
    },
    insights: {
      en: 'We learn what works and what does not, and decide from it what to improve first.',
      fr: 'Nous apprenons ce qui marche et ce qui ne marche pas, et décidons ainsi quoi améliorer d’abord.',
    },
  },
  'share-aggregates': {
    data: ['ratings'],
    title: { en: 'Share totals with our staff', fr: 'Partager des totaux avec notre personnel' },
    description: {
      en: 'Our staff see totals and averages of many answers, in which no single answer is shown.',
      fr: 'Notre personnel voit des totaux et des moyennes de nombreuses réponses, sans aucune réponse isolée.',
    },
    insights: {
      en: 'Teams learn how their service is rated, and plan their work with it.',
      fr: 'Les équipes apprennent comment leur service est noté, et organisent leur travail avec cela.',
    },
  },
  'personalized-survey': {
    data: ['ratings', 'comments', 'customer record'],
    title: { en: 'Ask what concerns me', fr: 'Me poser les questions qui me concernent' },
    description: {
      en: 'We use your customer record to choose the questions you see, and keep it with your answers.',
      fr: 'Nous choisissons vos questions d’après votre fiche client, et la gardons avec vos réponses.',
    },
    insights: {
      en: 'We learn how people in your situation judge us, and change what concerns them.',
      fr: 'Nous apprenons comment les personnes dans votre situation nous jugent, et changeons ce qui les concerne.',
    },
  },
  'link-answers-to-record': {
    data: ['ratings', 'comments', 'customer record'],
    title: { en: 'Put my answers on my customer record', fr: 'Joindre mes réponses à ma fiche client' },
    description: {
      en: 'We store your answers with your customer record, where colleagues who serve you see them.',
      fr: 'Nous conservons vos réponses avec votre fiche client, où les collègues qui vous servent les voient.',
    },
    insights: {
      en: 'We learn how your view of us changes over time, and serve you accordingly.',
      fr: 'Nous apprenons comment votre avis évolue, et en tenons compte pour vous servir.',
    },
  },
  'extra-personal-information': {
    data: ['ratings', 'comments', 'information about you'],
    title: { en: 'Ask a few things about me', fr: 'Me demander quelques informations personnelles' },
    description: {
      en: 'We ask a few things about you, such as your age group, to compare answers between groups.',
      fr: 'Nous demandons quelques informations sur vous, comme votre tranche d’âge, pour comparer les groupes.',
    },
    insights: {
      en: 'We learn which groups we serve better or worse, and what to change for them.',
      fr: 'Nous apprenons quels groupes nous servons mieux ou moins bien, et quoi changer pour eux.',
    },
  },
  'close-the-loop': {
    data: ['ratings', 'comments', 'contact details'],
    title: { en: 'Contact me about my answers', fr: 'Me contacter au sujet de mes réponses' },
    description: {
      en: 'We look up your contact details and get in touch with you about what you answered.',
      fr: 'Nous cherchons vos coordonnées et prenons contact avec vous au sujet de vos réponses.',
    },
    insights: {
      en: 'We learn what went wrong for you, and put it right for you and for others.',
      fr: 'Nous apprenons ce qui n’a pas été pour vous, et y remédions pour vous et pour d’autres.',
    },
  },
  'share-verbatims': {
    data: ['comments'],
    title: { en: 'Show my words to your staff', fr: 'Montrer mes mots à votre personnel' },
    description: {
      en: 'Employees read your comments as you wrote them. What you write may show who you are.',
      fr: 'Des employés lisent vos commentaires tels quels. Ce que vous écrivez peut révéler qui vous êtes.',
    },
    insights: {
      en: 'Employees learn from your own words what their work is like for you.',
      fr: 'Les employés apprennent par vos propres mots ce que leur travail représente pour vous.',
    },
  },
  'social-media-feedback': {
    data: ['public posts', 'customer record'],
    title: { en: 'Read what I post about you', fr: 'Lire ce que je publie sur vous' },
    description: {
      en: 'We collect what you post about us in public, and match it with your customer record.',
      fr: 'Nous recueillons ce que vous publiez sur nous, et le rapprochons de votre fiche client.',
    },
    insights: {
      en: 'We learn what customers say of us in public, and answer or change what is criticised.',
      fr: 'Nous apprenons ce que nos clients disent de nous en public, et répondons ou changeons ce qui est critiqué.',
    },
  },
  'mine-call-transcripts': {
    data: ['call transcripts'],
    title: { en: 'Analyse the text of my calls', fr: 'Analyser le texte de mes appels' },
    description: {
      en: 'Software searches the text of your calls with us for topics and tone.',
      fr: 'Un logiciel cherche des thèmes et un ton dans le texte de vos appels avec nous.',
    },
    insights: {
      en: 'We learn why people call and how the call went, and change our service and training with it.',
      fr: 'Nous apprenons pourquoi l’on appelle et comment l’appel se passe, et adaptons service et formation.',
    },
  },
  'mine-survey-verbatims': {
    data: ['comments'],
    title: { en: 'Analyse what I write', fr: 'Analyser ce que j’écris' },
    description: {
      en: 'Software sorts your comments by topic and tone.',
      fr: 'Un logiciel classe vos commentaires par thème et par ton.',
    },
    insights: {
      en: 'We learn which topics please or annoy people, and decide from it what to change first.',
      fr: 'Nous apprenons quels thèmes plaisent ou déplaisent, et décidons ainsi quoi changer d’abord.',
    },
  },
  'third-party-ai': {
    data: ['comments'],
    title: { en: 'Let another company’s AI read my words', fr: 'Faire lire mes mots par l’IA d’une autre entreprise' },
    description: {
      en: 'Your comments are sent to the AI of another company, which summarises them for us.',
      fr: 'Vos commentaires sont envoyés à l’IA d’une autre entreprise, qui les résume pour nous.',
    },
    insights: {
      en: 'We learn in short what many people wrote, and plan changes with it.',
      fr: 'Nous apprenons en bref ce que beaucoup ont écrit, et préparons des changements avec cela.',
    },
  },
  'behavioral-data': {
    data: ['use of our website or app'],
    title: { en: 'Follow how I use your service', fr: 'Suivre ma façon d’utiliser votre service' },
    description: {
      en: 'We record what you do on our website or in our app, and keep it with your answers.',
      fr: 'Nous enregistrons ce que vous faites sur notre site ou dans notre application, avec vos réponses.',
    },
    insights: {
      en: 'We learn where people get stuck or leave, and change those places.',
      fr: 'Nous apprenons où l’on bute ou abandonne, et changeons ces endroits.',
    },
  },
  'speech-recordings': {
    data: ['recordings of your voice'],
    title: { en: 'Record my voice', fr: 'Enregistrer ma voix' },
    description: {
      en: 'We record what you say, keep the recording and listen to it. A voice shows who is speaking.',
      fr: 'Nous enregistrons vos paroles, gardons l’enregistrement et l’écoutons. Une voix révèle qui parle.',
    },
    insights: {
      en: 'We learn how strongly people feel about something, and what to improve first.',
      fr: 'Nous apprenons avec quelle force un sujet touche les personnes, et quoi améliorer d’abord.',
    },
  },
  'video-feedback': {
    data: ['video recordings of you'],
    title: { en: 'Record me on video', fr: 'M’enregistrer en vidéo' },
    description: {
      en: 'We keep the video you record and watch it. It shows your face, your voice and where you are.',
      fr: 'Nous gardons et regardons la vidéo que vous enregistrez. Elle montre votre visage, votre voix et votre lieu.',
    },
    insights: {
      en: 'We learn how people live through what they tell, and show teams what to improve.',
      fr: 'Nous apprenons comment les personnes vivent ce qu’elles racontent, et montrons quoi améliorer.',
    },
  },
}
