/**
 * Keyrings in files, for Node, Bun and Deno.
 *
 * @module
 */

export { loadKeyringFile } from './node/load-keyring-file.js'
