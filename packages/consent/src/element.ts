/**
 * A form a host can drop into a page: `<surveyseal-consent>`.
 *
 * @module
 */

import type { ConsentElement } from './element/consent-element.js'

export type {
  AskAgain,
  ConsentElement,
  ConsentElementEventMap,
  GivenConsent,
  Sign,
  Submit,
  SubmitContext,
  Withdraw,
} from './element/consent-element.js'
export { type DefineConsentElementOptions, defineConsentElement } from './element/define-consent-element.js'
export type { FormPhrase, FormWording } from './element/form-wording.js'

declare global {
  interface HTMLElementTagNameMap {
    'surveyseal-consent': ConsentElement
  }
}
