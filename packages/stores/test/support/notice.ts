import type { NoticeInput } from '@surveyseal/consent'

/** One purpose, one practice, one language. */
export const smallNotice: NoticeInput = {
  id: 'feedback',
  version: '1',
  controller: { name: 'Acme', contact: 'privacy@acme.example' },
  purposes: [
    {
      id: 'call-back',
      practices: ['close-the-loop'],
      legalBasis: 'consent',
      dataCategories: ['answers', 'telephone number'],
      recipients: ['Acme customer care'],
      retention: 'P1Y',
    },
  ],
  wording: {
    en: {
      title: 'Your feedback',
      summary: 'We read every answer.',
      purposes: { 'call-back': { title: 'Call me back', description: 'We call you if you were unhappy.' } },
      withdrawal: 'Show us your receipt, or write to us.',
    },
  },
}
