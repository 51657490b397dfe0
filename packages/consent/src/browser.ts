/**
 * What a page needs: the notice to show and the signature of the answer.
 *
 * @module
 */

export type { Decision, KeyAssurance } from './consent-event.js'
export type { ConsentRequest } from './consent-request.js'
export { ConsentError, type ConsentErrorCode } from './errors.js'
export type { LegalBasis, NoticeController, NoticeDocument, NoticePurpose, NoticeWording } from './notice.js'
export { readNotice, type SignConsentOptions, signConsent } from './sign-consent.js'
