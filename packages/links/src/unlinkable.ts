/**
 * Unlinkable links, the server's side: wave keys, issuing tokens, accepting answers. Needs Node's `node:crypto`.
 *
 * @module
 */

export type { AnswerHandlerOptions } from './unlinkable/create-answer-handler.js'
export { createAnswerHandler } from './unlinkable/create-answer-handler.js'
export { createIssueHandler } from './unlinkable/create-issue-handler.js'
export type {
  RedeemOptions,
  Redemption,
  TokenRedeemer,
  TokenRedeemerOptions,
} from './unlinkable/create-token-redeemer.js'
export { createTokenRedeemer } from './unlinkable/create-token-redeemer.js'
export type { UnlinkableErrorCode } from './unlinkable/errors.js'
export { UnlinkableError } from './unlinkable/errors.js'
export { type IssuanceErasureOptions, issuanceErasure } from './unlinkable/issuance-erasure.js'
export type {
  IssuanceRecord,
  IssuanceRef,
  IssuanceStore,
  WaveRecord,
  WaveRef,
} from './unlinkable/issuance-store.js'
export type { EndpointOptions } from './unlinkable/lib/json-endpoint.js'
export type {
  Cohort,
  Issuance,
  IssuanceRefusal,
  IssuanceRequest,
  OpenWaveOptions,
  TokenIssuer,
} from './unlinkable/open-wave.js'
export { openWave } from './unlinkable/open-wave.js'
export type { SpentToken, SpentTokenStore } from './unlinkable/spent-token-store.js'
export type { PublishedWave, WaveKeyDocument, WavePrivateKey, WavePublicKey, WaveScope } from './unlinkable/wave.js'
export type { GenerateWaveKeyOptions, WaveKey } from './unlinkable/wave-key.js'
export { generateWaveKey, loadWaveKey } from './unlinkable/wave-key.js'
