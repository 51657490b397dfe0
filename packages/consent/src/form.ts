/**
 * A form without a page: what can be chosen and sent, for a host that draws its own.
 *
 * @module
 */

export {
  type Choice,
  type ConsentForm,
  createConsentForm,
  type FormPhase,
  type Submission,
} from './form/consent-form.js'
