/**
 * The words of the privacy notice, in English and French.
 *
 * @module
 */
import type { NoticeWording } from '@surveyseal/consent'
import type { Language } from './i18n.js'

/** What respondents read and decide about. */
export const wording: Record<Language, NoticeWording> = {
  en: {
    title: 'Before you answer: what happens with your answers',
    summary:
      'We read ratings and comments to run better crossings, and share totals with staff. That much we do for everyone, and nothing in it names you. The three uses below happen only if you say yes, each on its own. The survey is the same whatever you choose.',
    purposes: {
      survey: {
        title: 'Improve our crossings',
        description: 'We read your ratings and comments without your name, and share totals with staff.',
        legitimateInterests: 'We want to know how good our crossings are, to make them better.',
        contact: 'Nobody gets in touch with you because of this.',
      },
      'follow-up': {
        title: 'Call me back',
        description:
          'We match your answers to your customer record, and customer care may telephone or write to you about them.',
        contact: 'A call, an e-mail or a letter from customer care about what you answered, and nothing else.',
      },
      verbatims: {
        title: 'Show my words to crews',
        description:
          'Crews and terminal staff may read your comments as you wrote them, without your name. What you write may still show who you are.',
        contact: 'Nobody gets in touch with you because of this.',
      },
      insights: {
        title: 'Learn from my words',
        description: 'Software sorts comments by topic and tone.',
        insights:
          'Which topics make a crossing good or bad. We use it to plan timetables, cabins and menus, never to decide anything about you.',
        ai: 'The software runs on our own computers and does not learn from your words.',
        contact: 'Nobody gets in touch with you because of this.',
      },
    },
    withdrawal:
      'You can change your mind at any time, in one click, with the withdrawal link or the receipt you are given. It costs nothing and needs no reason.',
    rights:
      'You can ask us for your data and for a copy to take elsewhere, have it corrected or erased, have its use restricted, and object to it. Write to privacy@rivage-ferries.example.',
    complaint: 'You can complain to the CNIL, the French data protection authority: https://www.cnil.fr.',
    linkage:
      'We know that you answered, and when. Your answers are stored with your customer record only if you say yes to “Call me back”. Otherwise they are stored without your name and number; by the time they arrived, or by what you write, they could still be found to be yours.',
    terms: {
      ratings: 'ratings',
      comments: 'comments',
      'customer record': 'customer record',
      'contact details': 'contact details',
      'Rivage Ferries': 'Rivage Ferries',
      'Rivage Ferries customer care': 'Rivage Ferries customer care',
      'crews and terminals of Rivage Ferries': 'crews and terminals of Rivage Ferries',
      'Rivage Ferries service design': 'Rivage Ferries service design',
      you: 'you',
      'your customer record': 'your customer record',
      'topic and tone software': 'software that finds topic and tone',
    },
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
        legitimateInterests: 'Nous voulons connaître la qualité de nos traversées afin de les améliorer.',
        contact: 'Personne ne prend contact avec vous pour cette raison.',
      },
      'follow-up': {
        title: 'Me rappeler',
        description:
          'Nous relions vos réponses à votre fiche client, et le service client peut vous téléphoner ou vous écrire à leur sujet.',
        contact: 'Un appel, un courriel ou une lettre du service client au sujet de vos réponses, et rien d’autre.',
      },
      verbatims: {
        title: 'Montrer mes mots aux équipages',
        description:
          'Les équipages et le personnel des terminaux peuvent lire vos commentaires tels quels, sans votre nom. Ce que vous écrivez peut toutefois révéler qui vous êtes.',
        contact: 'Personne ne prend contact avec vous pour cette raison.',
      },
      insights: {
        title: 'Apprendre de mes mots',
        description: 'Un logiciel classe les commentaires par thème et par ton.',
        insights:
          'Les thèmes qui rendent une traversée bonne ou mauvaise. Cela sert à préparer horaires, cabines et menus, jamais à décider quoi que ce soit à votre sujet.',
        ai: 'Le logiciel fonctionne sur nos propres ordinateurs et n’apprend pas de vos mots.',
        contact: 'Personne ne prend contact avec vous pour cette raison.',
      },
    },
    withdrawal:
      'Vous pouvez changer d’avis à tout moment, en un clic, avec le lien de retrait ou le reçu qui vous est remis. C’est gratuit et sans justification.',
    rights:
      'Vous pouvez nous demander vos données et une copie à emporter, les faire corriger ou effacer, en faire limiter l’usage, et vous y opposer. Écrivez à privacy@rivage-ferries.example.',
    complaint: 'Vous pouvez adresser une réclamation à la CNIL : https://www.cnil.fr.',
    linkage:
      'Nous savons que vous avez répondu, et quand. Vos réponses ne rejoignent votre fiche client que si vous dites oui à « Me rappeler ». Sinon elles sont conservées sans votre nom ni votre numéro ; l’heure de leur arrivée, ou ce que vous écrivez, pourrait encore montrer qu’elles sont les vôtres.',
    terms: {
      ratings: 'notes',
      comments: 'commentaires',
      'customer record': 'fiche client',
      'contact details': 'coordonnées',
      'Rivage Ferries': 'Rivage Ferries',
      'Rivage Ferries customer care': 'le service client de Rivage Ferries',
      'crews and terminals of Rivage Ferries': 'les équipages et terminaux de Rivage Ferries',
      'Rivage Ferries service design': 'la conception des services de Rivage Ferries',
      you: 'vous',
      'your customer record': 'votre fiche client',
      'topic and tone software': 'logiciel qui trouve le thème et le ton',
    },
  },
}
