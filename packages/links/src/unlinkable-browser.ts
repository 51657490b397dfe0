/**
 * Unlinkable links, the page's side: getting a token, and answering with it.
 *
 * @module
 */

export type { UnlinkableErrorCode } from './unlinkable/errors.js'
export { UnlinkableError } from './unlinkable/errors.js'
export type { ObtainedToken, ObtainTokenOptions } from './unlinkable/obtain-token.js'
export { obtainToken } from './unlinkable/obtain-token.js'
export type { SubmitAnswerOptions } from './unlinkable/submit-answer.js'
export { submitAnswer } from './unlinkable/submit-answer.js'
export type { TokenStorage } from './unlinkable/token-storage.js'
export { indexedDbStorage } from './unlinkable/token-storage.js'
export type { PublishedWave, WavePublicKey, WaveScope } from './unlinkable/wave.js'
