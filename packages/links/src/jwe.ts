/**
 * Survey links as JSON Web Encryption, for other JOSE libraries to read and make.
 *
 * @module
 */

export { bindJwe, type JweContext } from './jwe/jwe-context.js'
export { openJweLink } from './jwe/open-jwe-link.js'
export { sealJweLink } from './jwe/seal-jwe-link.js'
