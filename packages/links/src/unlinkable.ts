/**
 * Unlinkable links, the server's side: wave keys, issuing tokens, accepting answers. Needs Node's `node:crypto`.
 *
 * @module
 */

export type { UnlinkableErrorCode } from './unlinkable/errors.js'
export { UnlinkableError } from './unlinkable/errors.js'
export type { PublishedWave, WaveKeyDocument, WavePrivateKey, WavePublicKey, WaveScope } from './unlinkable/wave.js'
export type { GenerateWaveKeyOptions, WaveKey } from './unlinkable/wave-key.js'
export { generateWaveKey, loadWaveKey } from './unlinkable/wave-key.js'
