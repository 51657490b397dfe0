/**
 * The survey's questions, as the form library wants them, and the reading of what comes back.
 *
 * @module
 */
import { type Language, phrases } from './i18n.js'
import { isStorable } from './input.js'

/** Reasons a respondent may tick. */
const drivers = ['price', 'punctuality', 'crew', 'cabins', 'food', 'boarding'] as const
export type Driver = (typeof drivers)[number]

/** A checked answer. */
export interface Answer {
  /** How likely they are to recommend the company: 0 to 10. */
  readonly nps: number
  /** How satisfied they were: 1 to 5. */
  readonly csat: number | null
  readonly drivers: readonly Driver[]
  readonly npsComment: string
  readonly followUpRequested: boolean
  readonly followUpDetails: string
}

/** Words of the questions, used in the survey and where staff read the answers. */
export const questionWords = phrases({
  send: ['Send my answers', 'Envoyer mes réponses'],
  nps: [
    'How likely are you to recommend Rivage Ferries to a friend or colleague?',
    'Recommanderiez-vous Rivage Ferries à un ami ou un collègue ?',
  ],
  unlikely: ['Not at all likely', 'Certainement pas'],
  likely: ['Extremely likely', 'Certainement'],
  drivers: ['What counted most?', 'Qu’est-ce qui a compté le plus ?'],
  price: ['Price', 'Le prix'],
  punctuality: ['Punctuality', 'La ponctualité'],
  crew: ['Crew', 'L’équipage'],
  cabins: ['Cabins', 'Les cabines'],
  food: ['Food', 'La restauration'],
  boarding: ['Boarding', 'L’embarquement'],
  npsComment: ['Tell us why', 'Dites-nous pourquoi'],
  commentHint: [
    'Please leave out names, numbers and addresses: we do not need them.',
    'N’écrivez ni nom, ni numéro, ni adresse : nous n’en avons pas besoin.',
  ],
  csat: ['How was your last crossing?', 'Comment s’est passée votre dernière traversée ?'],
  poor: ['Poor', 'Mal'],
  excellent: ['Excellent', 'Très bien'],
  followUpRequested: ['Shall we call you about it?', 'Souhaitez-vous que nous vous appelions ?'],
  followUpDetails: ['When, and on which number?', 'Quand, et à quel numéro ?'],
  yes: ['Yes', 'Oui'],
  no: ['No', 'Non'],
})

const longest = 2000

/** The form. Someone who did not permit a call is not asked for one. */
export function surveyDefinition(language: Language, options: { readonly followUp: boolean }): object {
  const say = questionWords(language)
  const choices = drivers.map((value) => ({ value, text: say[value] }))
  const yesNo = [
    { value: true, text: say.yes },
    { value: false, text: say.no },
  ]
  return {
    locale: language,
    showQuestionNumbers: false,
    completeText: say.send,
    elements: [
      {
        type: 'rating',
        name: 'nps',
        title: say.nps,
        rateMin: 0,
        rateMax: 10,
        isRequired: true,
        minRateDescription: say.unlikely,
        maxRateDescription: say.likely,
        rateDescriptionLocation: 'bottom',
        displayMode: 'buttons',
      },
      { type: 'checkbox', name: 'drivers', title: say.drivers, choices, colCount: 3 },
      { type: 'comment', name: 'npsComment', title: say.npsComment, description: say.commentHint, maxLength: longest },
      {
        type: 'rating',
        name: 'csat',
        title: say.csat,
        rateMin: 1,
        rateMax: 5,
        minRateDescription: say.poor,
        maxRateDescription: say.excellent,
        rateDescriptionLocation: 'bottom',
        displayMode: 'buttons',
      },
      ...(options.followUp
        ? [
            {
              type: 'radiogroup',
              name: 'followUpRequested',
              title: say.followUpRequested,
              choices: yesNo,
              colCount: 2,
            },
            {
              type: 'text',
              name: 'followUpDetails',
              title: say.followUpDetails,
              maxLength: 200,
              visibleIf: '{followUpRequested} = true',
            },
          ]
        : []),
    ],
  }
}

/** Reads an answer a browser sent; null when it is not one. Members the survey does not have are left out. */
export function parseAnswer(json: unknown): Answer | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null
  const { nps, csat = null, drivers: ticked = [], npsComment = '', ...rest } = json as Record<string, unknown>
  const { followUpRequested = false, followUpDetails = '' } = rest
  if (!isWholeBetween(nps, 0, 10) || (csat !== null && !isWholeBetween(csat, 1, 5))) return null
  if (!Array.isArray(ticked) || !ticked.every(isDriver)) return null
  if (!isText(npsComment, longest) || !isText(followUpDetails, 200)) return null
  if (typeof followUpRequested !== 'boolean') return null
  return { nps, csat, drivers: [...new Set(ticked)], npsComment, followUpRequested, followUpDetails }
}

function isWholeBetween(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
}

function isDriver(value: unknown): value is Driver {
  return drivers.some((driver) => driver === value)
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length <= most && isStorable(value)
}
