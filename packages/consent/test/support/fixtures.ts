import { defineNotice, type NoticeInput, pseudonymize } from '@surveyseal/consent'

export const AUDIENCE = 'https://feedback.example'
export const SURVEY = 'spring-2026'
export const NOW = new Date('2026-03-01T09:00:00.500Z')
export const SECRET = new Uint8Array(32).fill(7)
export const SUBJECT = pseudonymize('customer-4711', { secret: SECRET, survey: SURVEY })

export const later = (seconds: number, from: Date = NOW): Date => new Date(from.getTime() + seconds * 1000)

export const noticeInput: NoticeInput = {
  id: 'flight-feedback',
  version: '2026-01',
  controller: { name: 'Example Air', contact: 'privacy@example.com' },
  purposes: [
    {
      id: 'improve-service',
      practices: ['standard-survey', 'link-answers-to-record'],
      legalBasis: 'consent',
      dataCategories: ['answers', 'booking class'],
      recipients: ['Example Air customer care'],
      retention: 'P2Y',
    },
    {
      id: 'call-back',
      practices: ['close-the-loop'],
      legalBasis: 'consent',
      dataCategories: ['answers', 'telephone number'],
      recipients: ['Example Air customer care'],
      retention: 'P3M',
    },
  ],
  wording: {
    en: {
      title: 'Your feedback',
      summary: 'We ask five questions about your flight.',
      purposes: {
        'improve-service': { title: 'Improve our service', description: 'We read your answers with your booking.' },
        'call-back': { title: 'Call you back', description: 'We may call you about what went wrong.' },
      },
      withdrawal: 'Use the link on your receipt at any time.',
    },
    fr: {
      title: 'Votre avis',
      summary: 'Nous posons cinq questions sur votre vol.',
      purposes: {
        'improve-service': {
          title: 'Améliorer notre service',
          description: 'Nous lisons vos réponses avec votre réservation.',
        },
        'call-back': {
          title: 'Vous rappeler',
          description: "Nous pouvons vous appeler au sujet de ce qui n'a pas été.",
        },
      },
      withdrawal: 'Utilisez à tout moment le lien de votre reçu.',
    },
  },
}

export const notice = defineNotice(noticeInput)
