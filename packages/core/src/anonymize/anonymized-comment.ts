import type { Text } from '../lib/text.js'

/** @internal The sentence that takes the place of a comment. */
export const ANONYMIZED_COMMENT: Text = {
  en: 'This comment has been anonymised based on customer request',
  fr: 'Ce commentaire a été anonymisé à la demande du client',
}

/** @internal The domain of random e-mail addresses, which nobody can own (RFC 2606). */
export const ANONYMIZED_DOMAIN = 'anonymized.invalid'
