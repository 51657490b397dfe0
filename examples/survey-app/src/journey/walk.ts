/**
 * The journey, told once: from the programme's risk to a customer who is no longer in the records.
 *
 * @module
 */
import { type SeedCustomer, seedCustomers } from '../data/seed-customers.js'
import { anonymizePerson, previewPerson, searchBytes, tellComplaints } from './anonymize-steps.js'
import { askGate, assessRisk, issueOpaque, issueSealed, revokeLink } from './desk-steps.js'
import { finishErasure, interruptErasure, withdrawErased } from './interrupted-steps.js'
import { type Proof, prove, type Report } from './report.js'
import {
  answerAgain,
  answerSurvey,
  answerUnmatched,
  openInertly,
  readAnswers,
  refuseClosed,
  refuseForeign,
  showNotice,
  signConsent,
  takeReceipt,
} from './respondent-steps.js'
import { answerWithCopy, askForCopy, askForErasure, erasureIsAnswered, object } from './rights-steps.js'
import type { Scene } from './scene.js'
import { readEffects, withdrawByLink, withdrawByReceipt } from './withdrawal-steps.js'

/** What a walk needs. */
export interface Walk extends Pick<Scene, 'host' | 'visitor' | 'folder' | 'language'> {
  readonly report: Report
}

/** Every step in its order, with the name it is reported under. */
const steps: readonly (readonly [name: string, take: (scene: Scene) => Promise<Proof>])[] = [
  ['risk', assessRisk],
  ['gate before', askGate],
  ['sealed link', issueSealed],
  ['opaque link', issueOpaque],
  ['opening is inert', openInertly],
  ['foreign requests', refuseForeign],
  ['notice', showNotice],
  ['signed consent', signConsent],
  ['answer', answerSurvey],
  ['answer again', answerAgain],
  ['used and forged links', refuseClosed],
  ['receipt', takeReceipt],
  ['answers, by permission', readAnswers],
  ['withdraw by link', withdrawByLink],
  ['effects of the withdrawal', readEffects],
  ['another respondent, by opaque link', answerUnmatched],
  ['withdraw by receipt', withdrawByReceipt],
  ['ask for a copy', askForCopy],
  ['answer with the copy', answerWithCopy],
  ['object', object],
  ['revoke', revokeLink],
  ['ask for erasure', askForErasure],
  ['anonymize: preview', previewPerson],
  ['anonymize', anonymizePerson],
  ['erasure is answered', erasureIsAnswered],
  ['nothing left', searchBytes],
  ['an erasure that dies', interruptErasure],
  ['finish what was interrupted', finishErasure],
  ['a receipt of who was erased', withdrawErased],
  ['accessibility and content policy', tellComplaints],
]

/** Walks every step; throws at the first that does not prove what it should. */
export async function walk({ report, ...place }: Walk): Promise<void> {
  const [margaret, helene] = seedCustomers as readonly SeedCustomer[]
  prove(margaret !== undefined && helene !== undefined, 'the seeded customers are there')
  const scene: Scene = {
    ...place,
    margaret,
    helene,
    sealed: '',
    opaque: '',
    second: '',
    receipt: '',
    erasure: '',
    withdrawal: '',
  }
  for (const [name, take] of steps) await report.step(name, () => take(scene))
}
