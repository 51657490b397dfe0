/**
 * The feedback programme: which practices it runs, and what is in place for each.
 *
 * @module
 */
import { type Evidence, type PracticeId, type Programme, parseProgramme } from '@surveyseal/core/risk'

/** What the company does with feedback, the least risky first. The last one is a plan that lacks most of what it takes. */
export const practices = [
  'standard-survey',
  'share-aggregates',
  'link-answers-to-record',
  'close-the-loop',
  'share-verbatims',
  'mine-survey-verbatims',
  'video-feedback',
] as const satisfies readonly PracticeId[]

/** Those that a person's own decision bears on. */
export const practicesToAsk = practices.slice(2)

/** A practice of this programme. */
export type ProgrammePractice = (typeof practices)[number]

const noticeText = 'notice crossing-feedback, version 4'
const invitationText = 'invitation letter, second paragraph'

const inPlace: Record<ProgrammePractice, readonly [Evidence['countermeasure'], source: string][]> = {
  'standard-survey': [['transparency-notice', noticeText]],
  'share-aggregates': [['transparency-notice', noticeText]],
  'link-answers-to-record': [
    ['transparency-notice', noticeText],
    ['permission', `${noticeText}, purpose follow-up`],
    ['expectation-communication', invitationText],
  ],
  'close-the-loop': [
    ['transparency-notice', noticeText],
    ['permission', `${noticeText}, purpose follow-up`],
    ['expectation-communication', invitationText],
  ],
  'share-verbatims': [
    ['transparency-notice', noticeText],
    ['permission', `${noticeText}, purpose verbatims`],
    ['expectation-communication', invitationText],
  ],
  'mine-survey-verbatims': [
    ['transparency-notice', noticeText],
    ['expectation-communication', invitationText],
    ['consent', `${noticeText}, purpose insights`],
    ['use-and-insights-explanation', `${noticeText}, purpose insights, what we learn`],
  ],
  'video-feedback': [['transparency-notice', noticeText]],
}

/** The programme, read as a host would read it from its own JSON file. */
export const programme: Programme = parseProgramme({
  name: 'Rivage Ferries, feedback after a crossing',
  practices,
  evidence: practices.flatMap((practice) =>
    inPlace[practice].map(([countermeasure, source]) => ({ countermeasure, practice, from: '2024-01-15', source })),
  ),
})
