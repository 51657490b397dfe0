import type { Text } from '@surveyseal/core/risk'

/** Names a text of {@link COMMON_TEXTS}. */
export type CommonText =
  | 'title'
  | 'summary'
  | 'withdrawal'
  | 'rights'
  | 'complaint'
  | 'safeguards'
  | 'legitimateInterests'
  | 'contact'
  | 'noContact'
  | 'ownAi'
  | 'foreignAi'

/** What every template says, whatever its practices. */
export const COMMON_TEXTS: Readonly<Record<CommonText, Text>> = {
  title: { en: 'What happens with your feedback', fr: 'Ce que devient votre avis' },
  summary: {
    en: '{{controller.name}} asks for your feedback. Each use of it is listed below. What needs your permission happens only if you say yes, each on its own, and you can change your mind at any time.',
    fr: '{{controller.name}} vous demande votre avis. Chaque usage est indiqué ci-dessous. Ce qui demande votre permission n’a lieu que si vous dites oui, séparément, et vous pouvez changer d’avis à tout moment.',
  },
  withdrawal: {
    en: 'Use the link on your receipt at any time. It takes one click, costs nothing and needs no reason.',
    fr: 'Utilisez à tout moment le lien de votre reçu. Un clic suffit, sans frais ni justification.',
  },
  rights: {
    en: 'You can ask {{controller.name}} for your data and for a copy to take elsewhere, have it corrected or erased, have its use restricted, object to it and withdraw a permission. Write to {{controller.contact}}.',
    fr: 'Vous pouvez demander à {{controller.name}} vos données et une copie à emporter, les faire corriger ou effacer, en faire limiter l’usage, vous y opposer et retirer une permission. Écrivez à {{controller.contact}}.',
  },
  complaint: {
    en: 'You can complain to {{authority.name}}: {{authority.contact}}.',
    fr: 'Vous pouvez adresser une réclamation à {{authority.name}} : {{authority.contact}}.',
  },
  safeguards: {
    en: 'The most sensitive data is encrypted where it is stored, and only people whose work needs it may see it.',
    fr: 'Les données les plus sensibles sont chiffrées là où elles sont stockées, et seules les personnes dont le travail l’exige peuvent les voir.',
  },
  legitimateInterests: {
    en: 'We want to know how good our service is, to make it better.',
    fr: 'Nous voulons connaître la qualité de notre service afin de l’améliorer.',
  },
  contact: {
    en: 'A person of our customer care calls you or writes to you, once, about what you answered.',
    fr: 'Une personne de notre service client vous appelle ou vous écrit, une fois, au sujet de vos réponses.',
  },
  noContact: {
    en: 'Nobody gets in touch with you because of this.',
    fr: 'Personne ne prend contact avec vous pour cette raison.',
  },
  ownAi: {
    en: 'The software runs on computers of {{controller.name}}. It does not learn from your words.',
    fr: 'Le logiciel fonctionne sur des ordinateurs de {{controller.name}}. Il n’apprend pas de vos mots.',
  },
  foreignAi: {
    en: 'The AI is run by {{ai.provider}} on our instructions. It does not learn from your words, and {{ai.provider}} does not use them for anything else.',
    fr: 'L’IA est exploitée par {{ai.provider}} selon nos instructions. Elle n’apprend pas de vos mots, et {{ai.provider}} n’en fait aucun autre usage.',
  },
}
